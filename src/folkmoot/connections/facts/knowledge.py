"""What articles tell. Their words stand in their versions, not here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class ArticleWritten(Fact):
    """An article was written; `seen` is an `ArticleSeen`."""

    kind = "connections.article_written"
    audience = Audience.GROUP
    sentence = _("{actor} wrote an article.")

    article_id: int
    seen: str


@dataclass(frozen=True)
class ArticleChanged(Fact):
    """An article has other words since, in its version `number`, or other readers (`seen`)."""

    kind = "connections.article_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed an article.")

    article_id: int
    number: int
    seen: str


@dataclass(frozen=True)
class ArticleLookedThrough(Fact):
    """Somebody looked through an article and found that it holds."""

    kind = "connections.article_looked_through"
    audience = Audience.GROUP
    sentence = _("{actor} looked through an article.")

    article_id: int


@dataclass(frozen=True)
class ArticleOutdated(Fact):
    """Somebody said that an article no longer holds; its page says it without their name."""

    kind = "connections.article_outdated"
    audience = Audience.STEWARDS
    sentence = _("{actor} said that an article no longer holds.")

    article_id: int


@dataclass(frozen=True)
class ArticleRetired(Fact):
    """An article was retired; with `merged_into`, its address leads to that article."""

    kind = "connections.article_retired"
    audience = Audience.GROUP
    sentence = _("{actor} retired an article.")

    article_id: int
    merged_into: int | None = None


@dataclass(frozen=True)
class ArticleBroughtBack(Fact):
    """A retired article is read again."""

    kind = "connections.article_brought_back"
    audience = Audience.GROUP
    sentence = _("{actor} brought an article back.")

    article_id: int
