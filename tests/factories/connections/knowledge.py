"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.connections.actions.knowledge import ArticleWords, write_article
from folkmoot.connections.models.knowledge import Article, ArticleSeen
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor, machine
from folkmoot.people.models import Person


def words(**given: Any) -> ArticleWords:
    """What an article says, with something for all that is not given."""
    said = {
        "title": "How to light the lamp",
        "question": "The lamp goes out in the wind. What now?",
        "answer": "Trim the *wick*.",
        "seen": ArticleSeen.SIGNED_IN,
        "topics": ("Lamps",),
    }
    return ArticleWords(**{**said, **given})  # type: ignore[arg-type]


def article(group: Group | None = None, *, by: Actor | None = None, **given: Any) -> Article:
    """An article, of the organisation unless a group is named."""
    return write_article(group, words(**given), by=by or machine())


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    return {"article": article(group, by=people["participant"], seen=ArticleSeen.GROUP)}
