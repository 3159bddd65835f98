"""What the pages of articles show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.safestring import SafeString

from folkmoot.connections.models.knowledge import Article, ArticleHelp, ArticleVersion
from folkmoot.connections.queries.knowledge import articles_for, with_topic
from folkmoot.connections.rules.knowledge import may_edit_article, may_lead_articles, may_write_article
from folkmoot.groups.domain.amending.model import Run
from folkmoot.groups.domain.amending.wording import runs
from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.rendering import rendered

ON_A_PAGE = 25
LONGEST_WORDS = 100
MOST_WORDS = 6
MOST_TOPICS = 24


def list_page(asked: Mapping[str, str], reader: Person | None, group: Group | None) -> dict[str, Any]:
    """A page of articles for a reader, narrowed by `topic` and by the words `q`."""
    found = articles_for(reader, group)
    counted = Counter(one for topics in found.values_list("topics", flat=True) for one in topics)
    topics = sorted((one for one, _many in counted.most_common(MOST_TOPICS)), key=str.casefold)
    topic, words = asked.get("topic", "")[:LONGEST_WORDS], asked.get("q", "").strip()[:LONGEST_WORDS]
    if topic:
        found = found.filter(pk__in=with_topic(found, topic))
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(Q(title__icontains=word) | Q(question__icontains=word) | Q(answer__icontains=word))
    return {
        "group": group,
        "page": Paginator(found, ON_A_PAGE).get_page(asked.get("page")),
        "topics": topics,
        "topic": topic,
        "words": words,
        "today": today_here(),
        "is_signed_in": reader is not None,
        "may_write": reader is not None and bool(may_write_article(reader, group)),
    }


@dataclass(frozen=True)
class ArticlePage:
    """One article for one reader. `helped` and `helped_not` are numbers for those who edit it, None for others."""

    article: Article
    answer: SafeString
    reader: Person | None
    is_stale: bool
    may_edit: bool
    may_lead: bool
    said: str
    helped: int | None = None
    helped_not: int | None = None


def shown_article(article: Article, reader: Person | None) -> ArticlePage:
    """The page of an article that the reader may see."""
    may_edit = reader is not None and bool(may_edit_article(reader, article))
    said, helped, helped_not = "", None, None
    if reader is not None:
        mine = ArticleHelp.objects.filter(article=article, person=reader).first()
        said = "" if mine is None else "yes" if mine.helped else "no"
    if may_edit:
        counts = article.said_to_help.aggregate(yes=Count("pk", filter=Q(helped=True)), all=Count("pk"))
        helped, helped_not = counts["yes"], counts["all"] - counts["yes"]
    return ArticlePage(
        article=article,
        answer=rendered(article.answer),
        reader=reader,
        is_stale=article.is_stale(today_here()),
        may_edit=may_edit,
        may_lead=may_edit and bool(may_lead_articles(reader, article.group)),
        said=said,
        helped=helped,
        helped_not=helped_not,
    )


@dataclass(frozen=True)
class Change:
    """A version with what it changed, part by part, as runs of words that stayed, went or came."""

    version: ArticleVersion
    parts: Sequence[Sequence[Run]]
    is_first: bool


def words_changed(article: Article, shown: Sequence[ArticleVersion]) -> list[Change]:
    """For each of these versions, the newest first, what differs from the one before it; one query."""
    if not shown:
        return []
    known = {one.number: one for one in shown}
    known |= {one.number: one for one in article.versions.filter(number=shown[-1].number - 1)}
    found = []
    for version in shown:
        before = known.get(version.number - 1)
        parts = [] if before is None else _parts(before, version)
        found.append(Change(version, parts, is_first=before is None))
    return found


def _parts(before: ArticleVersion, after: ArticleVersion) -> list[Sequence[Run]]:
    pairs = ((before.title, after.title), (before.question, after.question), (before.answer, after.answer))
    return [runs(old, new) for old, new in pairs if old != new]
