"""Plain facts about people that criteria are held against: for one person or for a whole group, in as many queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from folkmoot.governance.domain.roll import Call, Stay
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.governance.roll_criteria import Asking, People
from folkmoot.groups.domain.offices import Span
from folkmoot.groups.models import Participation, Term
from folkmoot.kit import zones
from folkmoot.meetings.models import Attendance, Meeting, Status


def _key(people: People) -> object:
    return None if people is None else tuple(people)


def _of(people: People) -> Q:
    return Q() if people is None else Q(person__in=people)


def groups_of(asking: Asking) -> list[int]:
    """The keys of the groups whose people elect, read once."""
    return asking.once("groups", lambda: electing_groups(asking.election))


def stays_of(asking: Asking, people: People) -> dict[int, list[Stay]]:
    """The roles of each in the groups that elect, held by taking part or by a seat.

    Two queries, one where there are no seats.
    """
    return asking.once(("stays", _key(people)), lambda: _stays(asking, people))


def _stays(asking: Asking, people: People) -> dict[int, list[Stay]]:
    zone = zones.zone(asking.election.zone)

    def day(instant: datetime) -> date:
        return instant.astimezone(zone).date()

    found: dict[int, list[Stay]] = defaultdict(list)
    rows = Participation.objects.filter(_of(people), group__in=groups_of(asking)).order_by("began_at", "pk")
    for person, role, power, began, ended in rows.values_list("person", "role", "role__power", "began_at", "ended_at"):
        found[person].append(Stay(role, power, Span(day(began), day(ended) if ended else None)))
    for term in _terms_of_all(asking, people):
        if term.seat.role is not None:
            found[term.person_id].append(Stay(term.seat.role_id, term.seat.role.power, term.span))
    return dict(found)


def _terms_of_all(asking: Asking, people: People) -> list[Term]:
    if not asking.election.reaches_below:
        return terms_of(asking, people)
    found = Term.objects.filter(_of(people), seat__group__in=groups_of(asking)).select_related("seat__role")
    return list(found.order_by("begins_on", "pk"))


def terms_of(asking: Asking, people: People) -> list[Term]:
    """The terms of these people in seats of the group, with seat and role; one query, none where there are no seats."""
    return asking.once(("terms", _key(people)), lambda: _terms(asking, people))


def _terms(asking: Asking, people: People) -> list[Term]:
    group = asking.election.group
    if not group.has_seats:
        return []
    found = Term.objects.filter(_of(people), seat__group=group).select_related("seat__role")
    return list(found.order_by("begins_on", "pk"))


def calls_of(asking: Asking) -> list[Call]:
    """The calls of the groups that elect, of which it was noted who was there, by the day; one query."""
    return asking.once("calls", lambda: _calls(asking))


def _calls(asking: Asking) -> list[Call]:
    groups, zone = groups_of(asking), zones.zone(asking.election.zone)
    there = Attendance.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    held = Meeting.objects.filter(
        Q(group__in=groups) | Q(pk__in=Meeting.objects.filter(joined_groups__in=groups).values("pk")),
        Exists(there),
        status=Status.PLANNED,
    )
    rows = held.order_by("starts_at", "pk").values_list("pk", "starts_at")
    return [Call(pk, starts.astimezone(zone).date()) for pk, starts in rows]


def calls_attended(asking: Asking, people: People) -> dict[int, set[int]]:
    """The keys of those calls at which each of these people was; one query besides `calls_of`."""
    return asking.once(("attended", _key(people)), lambda: _attended(asking, people))


def _attended(asking: Asking, people: People) -> dict[int, set[int]]:
    calls = {call.key for call in calls_of(asking)}
    found: dict[int, set[int]] = defaultdict(set)
    if calls:
        rows = Attendance.objects.filter(_of(people), withdrawn_at=None).exclude(person=None)
        ours = Q(meeting__group__in=groups_of(asking)) | Q(meeting__joined_groups__in=groups_of(asking))
        for person, meeting in rows.filter(ours).values_list("person", "meeting"):
            if meeting in calls:
                found[person].add(meeting)
    return dict(found)
