"""Reading articles: those that a reader may see, and those that answer what somebody is about to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from folkmoot.connections.domain.likeness import Likeness, terms
from folkmoot.connections.models.knowledge import GOOD_FOR, Article, ArticleSeen
from folkmoot.groups.inside import EVERY, of_group
from folkmoot.groups.models import Group
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.rules import is_steward
from folkmoot.people.searching import Seeker, as_person, likely

MOST_COMPARED = 300
LIKE_ENOUGH = 0.18
MOST_OFFERED = 3
EXCERPT = 160


def readable(reader: Seeker) -> Q:
    """Articles by whom they are for, whether retired or not; for a steward all."""
    if is_steward(reader):
        return EVERY
    if as_person(reader) is None:
        return Q(seen=ArticleSeen.EVERYONE)
    return Q(seen__in=[ArticleSeen.EVERYONE, ArticleSeen.SIGNED_IN]) | of_group(reader)


def articles_for(reader: Seeker, group: Group | None = None) -> QuerySet[Article]:
    """What is there to read for somebody, by title; of one group where it is named."""
    found = Article.objects.filter(readable(reader), retired_at=None).select_related("group")
    return found if group is None else found.filter(group=group)


def with_topic(articles: QuerySet[Article], topic: str) -> list[int]:
    """The keys of those that have a topic, whatever the case."""
    wanted = topic.casefold()
    rows = articles.values_list("pk", "topics")
    return [pk for pk, topics in rows if wanted in (one.casefold() for one in topics)]


def stale_articles(*, today: date) -> QuerySet[Article]:
    """Those that nobody has looked through for a year, nor was asked to since."""
    return (
        Article.objects.filter(retired_at=None, asked_on=None, looked_at__lte=today - GOOD_FOR)
        .select_related("keeper", "group")
        .order_by("pk")
    )


@dataclass(frozen=True)
class OfferedArticle:
    """An article that may answer what somebody writes: its title, its address and how it begins."""

    title: str
    path: str
    beginning: str
    likeness: float


def offered(text: str, reader: Seeker) -> list[OfferedArticle]:
    """Articles like a text that this reader may see, the likest first, three at most; one query.

    At most `MOST_COMPARED` are compared: those that say its longest words first. Outdated ones are left out.
    """
    words = read_words(text)
    if not words:
        return []
    found = Article.objects.filter(readable(reader), retired_at=None, outdated_because="").order_by("-looked_at", "-pk")
    rows = list(
        likely(found, words, "title", "question").values_list("pk", "title", "question", "topics")[:MOST_COMPARED]
    )
    texts = [" ".join([title, title, question, *topics]) for _pk, title, question, topics in rows]
    # What no article says is no reason against any: people add words of greeting and of despair.
    known = set().union(*(terms(one) for one in texts))
    likenesses = Likeness(texts).to(" ".join(word for word in text.split() if known & terms(word).keys()))
    best = sorted(
        ((likeness, row) for likeness, row in zip(likenesses, rows, strict=True) if likeness >= LIKE_ENOUGH),
        key=lambda one: (-one[0], one[1][0]),
    )
    return [
        OfferedArticle(title, Article(pk=pk).get_absolute_url(), question[:EXCERPT], likeness)
        for likeness, (pk, title, question, _topics) in best[:MOST_OFFERED]
    ]
