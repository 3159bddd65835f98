"""What is shown to somebody who asks before they send it, and what helpers may do with a solved request.

Each part that keeps answers offers a function in its `panels` (`fill`), so that whoever asks is shown all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label

if TYPE_CHECKING:
    from folkmoot.connections.models.helping import HelpRequest
    from folkmoot.people.models import Person


@dataclass(frozen=True)
class OfferedAnswer:
    """Something that may answer a question: `fits` from 0 to 1, `kind` in words ("A solved question")."""

    title: str
    url: str
    kind: str
    fits: float
    excerpt: str = ""


OFFERED_ANSWERS: Registry[Callable[[str, Person], Sequence[OfferedAnswer]]] = Registry("source of answers")
"""Asked with a text and its reader; gives what this reader may see and what fits, at most five, in at most two
queries."""


@dataclass(frozen=True)
class AfterSolved:
    """A button for helpers on a solved request that everybody may read; `url` is where it leads."""

    label: Label
    url: Callable[[HelpRequest], str]


AFTER_SOLVED: Registry[AfterSolved] = Registry("way on from a solved request")
