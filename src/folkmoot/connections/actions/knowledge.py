"""Writing articles, keeping them true, and taking them away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.domain.matching import topic
from folkmoot.connections.facts.knowledge import (
    ArticleBroughtBack,
    ArticleChanged,
    ArticleLookedThrough,
    ArticleOutdated,
    ArticleRetired,
    ArticleWritten,
)
from folkmoot.connections.models.knowledge import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REMARK,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_TOPICS,
    Article,
    ArticleHelp,
    ArticleSeen,
    ArticleVersion,
)
from folkmoot.connections.notices.knowledge import ArticleIsStale, ArticleMayBeOutdated
from folkmoot.connections.queries.knowledge import stale_articles
from folkmoot.connections.rules.knowledge import (
    may_edit_article,
    may_lead_articles,
    may_read_article,
    may_show_to,
    may_write_article,
)
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards
from folkmoot.plan.who import author, others

MOST_REMINDED = 200
"""How many articles are told of at a time; the others wait for the next day."""


@dataclass(frozen=True)
class ArticleWords:
    """What an article says, and to whom. `question` is plain text, `answer` Markdown."""

    title: str
    question: str
    answer: str
    seen: ArticleSeen
    topics: tuple[str, ...] = ()


@transaction.atomic
def write_article(group: Group | None, words: ArticleWords, *, by: Actor, source: str = "") -> Article:
    """Write an article of a group, or of the organisation. Whoever writes it looks after it.

    From one `source` there is one article: the same words a second time give the first one back. Refused `forbidden`,
    `invalid` with params `field`, `made_meanwhile` where it has other words.
    """
    require(may_write_article(by, group))
    require(may_show_to(by, group, words.seen))
    words = _checked(group, words)
    values = {
        "group": group,
        "title": words.title,
        "question": words.question,
        "answer": words.answer,
        "topics": list(words.topics),
        "seen": words.seen,
        "keeper": author(by),
        "looked_at": today_here(),
    }
    if source:
        article, is_new = Article.objects.get_or_create(source=source, defaults=values)
        if not is_new:
            if (article.title, article.question, article.answer) == (words.title, words.question, words.answer):
                return article
            raise Refused(
                _("Somebody made an article of this meanwhile. Your words are still here; compare them with it."),
                code="made_meanwhile",
            )
    else:
        article = Article.objects.create(**values)
    _keep_version(article, by=by)
    record(ArticleWritten(article_id=article.pk, seen=article.seen), by=by, on=article, within=group)
    return article


def article_from(*, title: str, question: str, answer: str, group: Group | None, source: str, by: Actor) -> Article:
    """An article of something that was solved, in one step: for the group, or without one for all who are signed in.

    Who leads may show it to more people afterwards. The caller hands in no name of whoever asked.
    """
    seen = ArticleSeen.SIGNED_IN if group is None else ArticleSeen.GROUP
    return write_article(group, ArticleWords(title, question, answer, seen), by=by, source=source)


@transaction.atomic
def change_article(article: Article, words: ArticleWords, *, number: int, by: Actor, why: str = "") -> Article:
    """Give an article other words, as its next version; `number` is that of the version which was changed.

    Refused `forbidden`, `invalid` with params `field`, `changed_meanwhile`.
    """
    article = _locked(article)
    require(may_edit_article(by, article))
    require(may_show_to(by, article.group, words.seen, before=article.seen))
    words = _checked(article.group, words)
    if article.number != number:
        raise Refused(
            _("Somebody changed this article meanwhile. Your words are still here; compare them with the page."),
            code="changed_meanwhile",
        )
    same = (article.title, article.question, article.answer) == (words.title, words.question, words.answer)
    if same and (article.topics, article.seen) == (list(words.topics), words.seen):
        return article
    article.title, article.question, article.answer = words.title, words.question, words.answer
    article.topics, article.seen = list(words.topics), words.seen
    if not same:
        article.number += 1
        article.looked_at, article.asked_on, article.outdated_because = today_here(), None, ""
    article.save()
    if not same:
        _keep_version(article, by=by, why=plain_name(why, LONGEST_REMARK))
    record(
        ArticleChanged(article_id=article.pk, number=article.number, seen=article.seen),
        by=by,
        on=article,
        within=article.group,
    )
    return article


@transaction.atomic
def look_through(article: Article, *, by: Actor) -> None:
    """Say that an article holds as it is, today; whoever says so looks after it if nobody does."""
    article = _locked(article)
    require(may_edit_article(by, article))
    article.looked_at, article.asked_on, article.outdated_because = today_here(), None, ""
    if article.keeper is None or not may_edit_article(article.keeper, article):
        article.keeper = author(by)
    article.save(update_fields=["looked_at", "asked_on", "outdated_because", "keeper"])
    record(ArticleLookedThrough(article_id=article.pk), by=by, on=article, within=article.group)


@transaction.atomic
def flag_outdated(article: Article, because: str, *, by: Actor) -> None:
    """Say that an article no longer holds, and why: whoever is signed in and may read it; its keeper is told.

    Refused `forbidden`, `invalid`.
    """
    article = _locked(article)
    require(may_read_article(by, article))
    said = plain_name(because, LONGEST_REMARK)
    if not said:
        raise Refused(_("Please say what no longer holds."), code="invalid", field="because")
    article.outdated_because = said
    article.save(update_fields=["outdated_because"])
    record(ArticleOutdated(article_id=article.pk), by=by, on=article, within=article.group)
    tell(others(_who_keeps(article), by), ArticleMayBeOutdated(article))


@transaction.atomic
def retire_article(article: Article, *, by: Actor) -> None:
    """Take an article off all pages; its words are kept, and it can be brought back. Refused `forbidden`."""
    article = _locked(article)
    require(may_lead_articles(by, article.group))
    if article.is_retired:
        return
    article.retired_at = timezone.now()
    article.save(update_fields=["retired_at"])
    record(ArticleRetired(article_id=article.pk), by=by, on=article, within=article.group)


@transaction.atomic
def bring_back(article: Article, *, by: Actor) -> None:
    """Show a retired article again, also one that was merged into another. Refused `forbidden`."""
    article = _locked(article)
    require(may_lead_articles(by, article.group))
    if not article.is_retired:
        return
    article.retired_at = article.merged_into = None
    article.save(update_fields=["retired_at", "merged_into"])
    record(ArticleBroughtBack(article_id=article.pk), by=by, on=article, within=article.group)


@transaction.atomic
def merge_article(article: Article, into: Article, *, by: Actor) -> None:
    """Retire an article whose address leads to another one from now on, also from those merged into it before.

    Refused `forbidden`, `invalid` where there is nothing to lead to.
    """
    locked = {one.pk: one for one in Article.objects.select_for_update().filter(pk__in=[article.pk, into.pk])}
    article, into = locked[article.pk], locked[into.pk]
    require(may_lead_articles(by, article.group))
    if article.pk == into.pk or into.is_retired:
        raise Refused(_("Please choose another article that is there."), code="invalid", field="into")
    require(may_read_article(by, into))
    article.retired_at, article.merged_into = article.retired_at or timezone.now(), into
    article.save(update_fields=["retired_at", "merged_into"])
    Article.objects.filter(merged_into=article).update(merged_into=into)
    record(ArticleRetired(article_id=article.pk, merged_into=into.pk), by=by, on=article, within=article.group)


@transaction.atomic
def say_helped(article: Article, helped: bool, *, by: Person | None, session: str = "") -> None:
    """Say whether an article helped, once for each person, or each `session` (a digest) of somebody unknown.

    Saying it again changes it. This is no fact: nobody's reading is history.
    """
    require(may_read_article(by, article))
    who = {"person": by, "session": ""} if by is not None else {"person": None, "session": session}
    ArticleHelp.objects.update_or_create(article=article, **who, defaults={"helped": helped})


def remind_keepers(*, now: datetime) -> int:
    """Tell those who look after articles which nobody has looked through for a year, once until somebody does.

    Returns how many people were told now.
    """
    today, told = now.date(), 0
    for article in stale_articles(today=today)[:MOST_REMINDED]:
        with transaction.atomic():
            if Article.objects.filter(pk=article.pk, asked_on=None).update(asked_on=today):
                told += len(tell(_who_keeps(article), ArticleIsStale(article)))
    return told


def _who_keeps(article: Article) -> list[Person]:
    """Its keeper, while they may edit it; without one, those who lead its group, or the stewards."""
    if article.keeper is not None and may_edit_article(article.keeper, article):
        return [article.keeper]
    return managers_of(article.group) if article.group is not None else stewards()


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("group", "keeper").get(pk=article.pk)


def _keep_version(article: Article, *, by: Actor, why: str = "") -> None:
    ArticleVersion.objects.create(
        article=article,
        number=article.number,
        title=article.title,
        question=article.question,
        answer=article.answer,
        why=why,
        written_by=author(by),
    )


def _checked(group: Group | None, words: ArticleWords) -> ArticleWords:
    """The words as they are kept."""
    title, question, answer = plain_name(words.title), words.question.strip(), words.answer.strip()
    for name, text, longest in (
        ("title", title, LONGEST_TITLE),
        ("question", question, LONGEST_QUESTION),
        ("answer", answer, LONGEST_ANSWER),
    ):
        if not text:
            raise Refused(_("An article has a title, a question and an answer."), code="invalid", field=name)
        if len(text) > longest:
            raise Refused(
                _("Please say it in %(count)d characters at most.") % {"count": longest}, code="invalid", field=name
            )
    if group is None and words.seen == ArticleSeen.GROUP:
        raise Refused(_("An article without a group is for everyone who is signed in."), code="invalid", field="seen")
    return ArticleWords(title, question, answer, words.seen, _topics(words.topics))


def _topics(said: Iterable[str]) -> tuple[str, ...]:
    """Each once, as it was written first."""
    found: dict[str, str] = {}
    for one in said:
        words = plain_name(one)
        if words:
            found.setdefault(topic(words), words)
    if len(found) > MOST_TOPICS or any(len(words) > LONGEST_TOPIC for words in found.values()):
        raise Refused(
            _("At most %(most)d topics, each of a word or two.") % {"most": MOST_TOPICS}, code="invalid", field="topics"
        )
    return tuple(found.values())
