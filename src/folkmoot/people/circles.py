"""Words that rooms above offer: whether two people share a circle, and whose names are worth guarding.

`people` knows no groups. Whoever does enters a question here in its `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person

SHARED_CIRCLES: Registry[Callable[[Person, Person], bool]] = Registry("kind of circle that people share")
"""Asked for "people in my groups": whether these two are in one of them at present."""

PROMINENT: Registry[Callable[[], Iterable[Person]]] = Registry("kind of people whose names are guarded")
"""Those whom somebody might try to pass for: whoever leads a group. Stewards are always among them."""


def share_a_circle(one: Person, other: Person) -> bool:
    """Whether any room says so."""
    return any(share(one, other) for share in SHARED_CIRCLES)
