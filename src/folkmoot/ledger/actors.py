"""Who acts when it is not a person: the system itself, or whoever sits at the machine's command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from folkmoot.people.models import Person


class ActorKind(StrEnum):
    PERSON = "person"
    SYSTEM = "system"
    MACHINE = "machine"


@dataclass(frozen=True)
class Stand:
    """An actor without a row among the people. Rules treat both kinds as a steward."""

    kind: ActorKind


SYSTEM = Stand(ActorKind.SYSTEM)
MACHINE = Stand(ActorKind.MACHINE)

Actor: TypeAlias = "Person | Stand"


def system() -> Stand:
    """Jobs and reactions act as this."""
    return SYSTEM


def machine() -> Stand:
    """The command line acts as the steward of its machine."""
    return MACHINE
