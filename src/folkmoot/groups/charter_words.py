"""What would follow from another wording of a charter, in sentences, from every room that rests on it.

A room offers a `CharterWord` in its `apps.ready()`. Pages that show a change ask all of them; nothing follows where
nothing is understood differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from folkmoot.groups.domain.amending.meaning import compared_meaning
from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry

Reading = Mapping[str, Any]


@dataclass(frozen=True)
class Consequence:
    """One thing that follows, as a sentence. `minds` marks what people lose, or what is easily overlooked."""

    words: str
    minds: bool = False


class CharterWord(Protocol):
    """What one room makes of a charter."""

    def consequences(
        self, group: Group, old_reading: Reading, new_reading: Reading, *, on: date
    ) -> Sequence[Consequence]:
        """What follows when the new reading comes into force on a day; readings as `charter check --json` has them."""


CHARTER_WORDS: Registry[CharterWord] = Registry("charter word")


def consequences(group: Group, old_reading: Reading, new_reading: Reading, *, on: date) -> list[Consequence]:
    """What follows, from every room; nothing where both readings say the same."""
    if not compared_meaning(old_reading, new_reading):
        return []
    return [one for word in CHARTER_WORDS for one in word.consequences(group, old_reading, new_reading, on=on)]
