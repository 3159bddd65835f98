"""What a person holds in a group, from every room, so that nothing is orphaned when they go.

A room that lets people hold things (tasks, initiatives, a seat) offers a `Holder` in its `apps.ready()`. The handover
of `groups` asks all of them, and hands over what the taker accepts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Holding:
    """One thing held: words for it ("the task “Book a room”, due on 3 May"), a key for its room, a local path."""

    words: str
    key: str
    path: str = ""


class Holder(Protocol):
    """What one room lets people hold."""

    @property
    def title(self) -> Label:
        """Its heading in a handover: "Tasks"."""

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        """What the person holds in the group now."""

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        """Give one thing to somebody else; done twice, it is done once."""


HOLDERS: Registry[Holder] = Registry("kind of holding")
