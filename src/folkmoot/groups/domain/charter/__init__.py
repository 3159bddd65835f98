"""Reads a working group's charter.

Markdown in, frozen values out: `read` gives a `Charter` with the group's purpose, objectives, roles, meetings
and the rest, each with its lines, and notes on what a person should look at. Nothing is guessed: what the
charter does not say is None or empty. The classification of sections is by tables of words, in `words`.
"""

from __future__ import annotations

from folkmoot.groups.domain.charter.as_json import to_json
from folkmoot.groups.domain.charter.model import (
    WEEKDAYS,
    Activity,
    Amendment,
    Anchor,
    Channel,
    Charter,
    Clause,
    DecisionRule,
    Kind,
    Lines,
    Link,
    Linked,
    Manager,
    Meeting,
    Named,
    Note,
    Policy,
    Section,
    TimetableRow,
)
from folkmoot.groups.domain.charter.reader import read

__all__ = [
    "WEEKDAYS",
    "Activity",
    "Amendment",
    "Anchor",
    "Channel",
    "Charter",
    "Clause",
    "DecisionRule",
    "Kind",
    "Lines",
    "Link",
    "Linked",
    "Manager",
    "Meeting",
    "Named",
    "Note",
    "Policy",
    "Section",
    "TimetableRow",
    "read",
    "to_json",
]
