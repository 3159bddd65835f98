"""Reading who was at calls: the list of one, the numbers of many, and where one person was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Q

from folkmoot.groups.models import Group
from folkmoot.meetings.domain.presence import EARLY, Times, times_of
from folkmoot.meetings.joint_reading import calls_of
from folkmoot.meetings.models import Answer, Attendance, AttendanceClosing, Meeting, Says, Status
from folkmoot.people.models import Person

LOOKED_BACK = timedelta(days=3)
AS_PLANNED = Q(answered_for=None) | Q(answered_for=models.F("meeting__starts_at"))
"""Answers to the time at which a call is to be now, not to one from which it was moved."""


@dataclass(frozen=True)
class Counted:
    """How many were at a call; guests are counted apart."""

    people: int = 0
    guests: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.guests)


@dataclass(frozen=True)
class Present:
    """Who was at a call: people and guests in the order of their names, and how many have no name any more.

    `corrected` are the rows that were changed after the list was closed, each with its reason, taken back ones too.
    """

    people: tuple[Attendance, ...]
    guests: tuple[Attendance, ...]
    nameless_people: int
    nameless_guests: int
    corrected: tuple[Attendance, ...]

    @property
    def counted(self) -> Counted:
        return Counted(len(self.people) + self.nameless_people, len(self.guests) + self.nameless_guests)

    @property
    def nameless(self) -> int:
        """How many are counted whose names are kept no more."""
        return self.nameless_people + self.nameless_guests

    @property
    def names(self) -> list[str]:
        """The people's names, then the guests' with their affiliation in brackets."""
        named = [row.person.name for row in self.people if row.person is not None]
        return named + [
            f"{row.guest_name} ({row.affiliation})" if row.affiliation else row.guest_name for row in self.guests
        ]


def attendance_of(meeting: Meeting) -> Present:
    """The list of a call with its people and who noted them, in one query. For those who may see it."""
    rows = list(Attendance.objects.filter(meeting=meeting).select_related("person", "noted_by").order_by("pk"))
    there = [row for row in rows if row.is_present]
    people = [row for row in there if row.person is not None]
    guests = [row for row in there if row.is_guest]
    return Present(
        people=tuple(sorted(people, key=lambda row: (row.person.name_key if row.person else "", row.pk))),
        guests=tuple(sorted(guests, key=lambda row: (row.guest_key, row.pk))),
        nameless_people=sum(row.person is None and not row.guest_key for row in there),
        nameless_guests=sum(bool(row.guest_key) and not row.guest_name for row in there),
        corrected=tuple(row for row in rows if row.corrected_at is not None),
    )


def counted(meeting: Meeting) -> Counted:
    """How many were at a call; one query."""
    return counts_of([meeting]).get(meeting.pk, Counted())


def counts_of(meetings: Iterable[Meeting]) -> dict[int, Counted]:
    """How many were at each of these calls, by the call's key, in one query; calls of which nobody is known are left
    out.
    """
    guest = ~Q(guest_key="")
    rows = (
        Attendance.objects.filter(meeting__in=list(meetings), withdrawn_at=None)
        .order_by()
        .values("meeting")
        .annotate(people=Count("pk", filter=~guest), guests=Count("pk", filter=guest))
    )
    return {row["meeting"]: Counted(row["people"], row["guests"]) for row in rows}


def own_attendance(meeting: Meeting, person: Person) -> Attendance | None:
    """Whether somebody is on the list of a call, or was and is no more."""
    return Attendance.objects.filter(meeting=meeting, person=person).first()


def answers_to(meeting: Meeting) -> list[Answer]:
    """What people answered to the call as it is planned now, in the order of their names; one query."""
    found = Answer.objects.filter(AS_PLANNED, meeting=meeting).select_related("person")
    return list(found.order_by("person__name_key", "pk"))


def own_answers(person: Person, meetings: Iterable[Meeting]) -> dict[int, Answer]:
    """What somebody answered to these calls as they are planned now, by the call's key; one query."""
    found = Answer.objects.filter(AS_PLANNED, person=person, meeting__in=list(meetings))
    return {one.meeting_id: one for one in found}


def answer_counts(meeting: Meeting) -> dict[str, int]:
    """How many gave each answer to the call as it is planned now, by "coming", "maybe" and "regret"; one query."""
    found = Answer.objects.filter(AS_PLANNED, meeting=meeting).order_by().values("says").annotate(count=Count("pk"))
    return dict.fromkeys(Says.values, 0) | {row["says"]: row["count"] for row in found}


def own_answer(meeting: Meeting, person: Person) -> Answer | None:
    """What somebody answered to the call as it is planned now."""
    return Answer.objects.filter(AS_PLANNED, meeting=meeting, person=person).first()


def regrets_of(meeting: Meeting) -> list[Answer]:
    """Who said that they cannot come, and is not on the list all the same."""
    there = Attendance.objects.filter(meeting=meeting, withdrawn_at=None, person=models.OuterRef("person"))
    return list(
        Answer.objects.filter(AS_PLANNED, ~models.Exists(there), meeting=meeting, says=Says.REGRET)
        .select_related("person")
        .order_by("person__name_key", "pk")
    )


def calls_attended(person: Person) -> models.QuerySet[Attendance]:
    """Where somebody was, the last call first."""
    return (
        Attendance.objects.filter(person=person, withdrawn_at=None)
        .select_related("meeting__group", "meeting__slot__series", "meeting__attendance_closing")
        .order_by("-meeting__starts_at", "-pk")
    )


def calls_to_ask_about(
    person: Person, groups: Iterable[Group] | models.QuerySet[Group], *, now: datetime
) -> list[Meeting]:
    """Calls of these groups under way or just over of which somebody may say that they were there, and has not.

    Who was taken off a list, or took it back, is not asked again.
    """
    said = Attendance.objects.filter(meeting=models.OuterRef("pk"), person=person)
    found = (
        Meeting.objects.filter(
            calls_of(groups),
            ~models.Exists(said),
            status=Status.PLANNED,
            starts_at__lte=now + EARLY,
            ends_at__gt=now - LOOKED_BACK,
            attendance_closing=None,
        )
        .select_related("group")
        .order_by("-starts_at", "pk")
    )
    return [meeting for meeting in found if times_of_call(meeting).takes_taps(now)]


def times_of_call(meeting: Meeting) -> Times:
    """When the list of a call opens and closes."""
    return times_of(meeting.starts_at, meeting.ends_at, meeting.zone)


def closed_on(meeting: Meeting, *, now: datetime) -> datetime | None:
    """The instant at which the list of a call closed: by hand, or by itself; None while it is open."""
    closing: AttendanceClosing | None = getattr(meeting, "attendance_closing", None)
    if closing is not None:
        return closing.closed_at
    times = times_of_call(meeting)
    return times.closes if times.has_closed(now) else None
