"""The rota of a group's next calls, with a reason for each proposal; for pages and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from folkmoot.groups.models import Group
from folkmoot.meetings.call_roles_reading import RoleAtCall, rota_for
from folkmoot.meetings.models import Meeting, Status
from folkmoot.meetings.rota_words import reason_words
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

CALLS_SHOWN = 6


@dataclass(frozen=True)
class Next:
    """One role at one call: who has it, is asked or would be proposed, in which of these states, and why."""

    role: str
    key: str
    person: Person | None
    state: str
    reason: str


@dataclass(frozen=True)
class RotaLine:
    """A coming call with its roles."""

    meeting: Meeting
    roles: Sequence[Next]


def rota_lines(group: Group, *, now: datetime, count: int = CALLS_SHOWN) -> list[RotaLine]:
    """The next calls of a group with whose turn it is, or would be."""
    coming = group.meetings.filter(status=Status.PLANNED, starts_at__gt=now).order_by("starts_at", "pk")
    meetings = list(coming.select_related("group", "slot__series")[:count])
    rota = rota_for(group, meetings)
    return [RotaLine(meeting, [_next(one) for one in rota.of(meeting)]) for meeting in meetings]


def _next(one: RoleAtCall) -> Next:
    if one.turn is not None:
        state = "taken" if one.turn.is_taken else "asked"
        return Next(one.role.name, one.role.key, one.turn.person, state, "" if one.turn.is_taken else one.turn.reason)
    if one.proposal is not None:
        reason = reason_words(one.proposal, one.role, today=today_here())
        return Next(one.role.name, one.role.key, one.person, "next", reason)
    return Next(one.role.name, one.role.key, None, "open", "")
