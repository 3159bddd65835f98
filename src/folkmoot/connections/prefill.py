"""What an article can be made from in one step: other parts enter how they fill in its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person


@dataclass(frozen=True)
class Prefilled:
    """What stands in the form of a new article before anybody types; without the name of whoever asked."""

    title: str
    question: str
    answer: str
    group: Group | None = None


PREFILLS: Registry[Callable[[int, Person], Prefilled | None]] = Registry("thing to make an article from")
"""By kind ("request"): its key and the reader give what is filled in, or None where this reader may not know of it, or
where it is private and so never becomes an article."""


def prefilled(key: str, reader: Person) -> Prefilled | None:
    """What "request:12", or "12" for a request, fills in."""
    kind, colon, number = key.rpartition(":")
    fill = PREFILLS.get(kind if colon else "request")
    if fill is None or not number.isdecimal() or len(number) > 12:
        return None
    return fill(int(number), reader)


def source_of(key: str) -> str:
    """The key of a source that is `prefilled`, always written the same: "12" and "request:012" are "request:12"."""
    kind, colon, number = key.rpartition(":")
    return f"{kind if colon else 'request'}:{int(number)}"
