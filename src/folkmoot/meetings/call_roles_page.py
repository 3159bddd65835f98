"""What the page of a call's roles shows to one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from folkmoot.groups.following import clause_anchored
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.verdict import Verdict
from folkmoot.meetings.actions.call_lists import call_list_of
from folkmoot.meetings.call_role_rules import (
    is_to_come,
    may_announce,
    may_read_announcements,
    may_set_call_roles,
    may_take_turn_at,
)
from folkmoot.meetings.call_roles_reading import RoleAtCall, roles_at
from folkmoot.meetings.models import CallRole, Meeting, RoleOrigin, Turn
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.models import Checklist, LineState
from folkmoot.plan.queries import lines_of
from folkmoot.plan.rows import Row, rows_of_list
from folkmoot.plan.rules import may_run_checklist, may_see_checklist
from folkmoot.ui import times


@dataclass(frozen=True)
class RoleLine:
    """A role of a call as one reader sees it, with what they may do."""

    role: CallRole
    turn: Turn | None
    is_mine: bool
    may_take: bool
    may_give_back: bool


@dataclass(frozen=True)
class CallRolesPage:
    """The roles of a call, its checklist as far as the reader may see it, and what they may do there."""

    meeting: Meeting
    lines: Sequence[RoleLine]
    may_take: Verdict
    may_ask: bool
    may_announce: bool
    may_read_announcements: bool
    is_announced: bool
    is_to_come: bool
    checklist: Checklist | None
    rows: Sequence[Row]
    done: int
    count: int

    @property
    def day(self) -> str:
        return day_of(self.meeting)

    @property
    def has_open(self) -> bool:
        return any(line.turn is None for line in self.lines)


def call_roles_page(meeting: Meeting, reader: Person, *, now: datetime) -> CallRolesPage:
    """The page, in a fixed number of queries."""
    group = meeting.group
    to_come = bool(is_to_come(meeting, now=now))
    may_take, leads = may_take_turn_at(reader, meeting), bool(may_set_call_roles(reader, group))
    checklist = call_list_of(meeting)
    if checklist is not None and not may_see_checklist(reader, checklist):
        checklist = None
    steps = list(lines_of(checklist)) if checklist is not None else []
    runs = checklist is not None and bool(may_run_checklist(reader, checklist))
    announces = to_come and bool(may_announce(reader, meeting))
    return CallRolesPage(
        meeting=meeting,
        lines=[_line(one, reader, to_come and bool(may_take), to_come and leads, to_come) for one in roles_at(meeting)],
        may_take=may_take,
        may_ask=to_come and leads,
        may_announce=announces,
        may_read_announcements=announces or bool(may_read_announcements(reader, meeting)),
        is_announced=meeting.announcements.filter(sent_at__isnull=False).exists(),
        is_to_come=to_come,
        checklist=checklist,
        rows=rows_of_list(steps, reader, today=today_here(), may_end_all=runs),
        done=sum(step.state != LineState.OPEN for step in steps),
        count=len(steps),
    )


def _line(one: RoleAtCall, reader: Person, may_take: bool, leads: bool, to_come: bool) -> RoleLine:
    turn = one.turn
    is_mine = turn is not None and turn.person_id == reader.pk
    return RoleLine(
        role=one.role,
        turn=turn,
        is_mine=is_mine,
        may_take=may_take and (turn is None or (is_mine and turn.waits)),
        may_give_back=turn is not None and to_come and (leads or (is_mine and turn.is_taken)),
    )


def day_of(meeting: Meeting) -> str:
    """The day of a call by the reader's clock, which is active while a page is made."""
    return times.long_day(timezone.localtime(meeting.starts_at).date(), now=timezone.localdate())


@dataclass(frozen=True)
class Origin:
    """Where a call role comes from, with the clause that names it."""

    role: CallRole
    number: str
    path: str

    @property
    def is_stated(self) -> bool:
        return bool(self.role.clause_anchor)

    @property
    def is_set_here(self) -> bool:
        return self.role.source == RoleOrigin.HERE


def origins(group: Group, roles: Sequence[CallRole]) -> list[Origin]:
    """The roles with the clauses of the charter in force that name them; one query."""
    charter = charter_in_force(group)
    found = []
    for role in roles:
        number, path = "", ""
        if charter is not None and role.clause_anchor:
            number, path = clause_anchored(charter, role.clause_anchor)
        found.append(Origin(role, number, path))
    return found
