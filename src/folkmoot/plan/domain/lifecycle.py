"""From an idea to something that lasts: the stages of an initiative, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """How far an initiative has come."""

    PROPOSED = "proposed"
    SANDBOX = "sandbox"
    INCUBATING = "incubating"
    GRADUATED = "graduated"
    ARCHIVED = "archived"


FOLLOWS: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.PROPOSED: (Stage.SANDBOX, Stage.ARCHIVED),
    Stage.SANDBOX: (Stage.INCUBATING, Stage.ARCHIVED),
    Stage.INCUBATING: (Stage.GRADUATED, Stage.SANDBOX, Stage.ARCHIVED),
    Stage.GRADUATED: (Stage.INCUBATING, Stage.ARCHIVED),
    Stage.ARCHIVED: (Stage.SANDBOX,),
}


def may_follow(was: Stage, now: Stage) -> bool:
    """Whether an initiative may go from one stage straight to another."""
    return now in FOLLOWS[was]
