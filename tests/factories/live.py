"""A call that runs."""

from __future__ import annotations

import datetime as dt

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.live.actions import open_call
from folkmoot.live.call_reading import queue_of
from folkmoot.live.models import RunningCall
from folkmoot.meetings.models import AgendaItem, Meeting, Turn
from folkmoot.people.models import Person
from tests.factories.meetings import held_call

AGENDA = (("A room", 15), ("Money", 10), ("What else", 20))


def call_under_way(group: Group, *, began: int = 5, minutes: int = 60, items: int = 3) -> Meeting:
    """A call that began so many minutes ago, with the first of the items above on its agenda; nobody opened it."""
    call = held_call(group, ended=-dt.timedelta(minutes=minutes - began), minutes=minutes)
    for place, (title, length) in enumerate(AGENDA[:items]):
        AgendaItem.objects.create(meeting=call, title=title, minutes=length, position=place)
    return call


def opened(meeting: Meeting) -> RunningCall:
    """The same, opened."""
    return open_call(meeting, by=system())


def has_role(person: Person, meeting: Meeting, key: str) -> Person:
    """Somebody with a role at a call: its moderator, its scribe."""
    role, _is_new = meeting.group.call_roles.get_or_create(key=key, defaults={"name": key})
    at = meeting.starts_at
    Turn.objects.create(meeting=meeting, role=role, person=person, state="taken", made_at=at, answered_at=at)
    return person


def in_line(call: RunningCall) -> list[tuple[str, str]]:
    """Who waits, in their order: names and kinds."""
    return [(hand.name, hand.kind) for hand in queue_of(call).waiting]
