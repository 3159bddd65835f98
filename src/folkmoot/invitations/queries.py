"""Reads that several parts of the room share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_with_power
from folkmoot.invitations.models import CallGuest, CallInvitation, InvitationWish
from folkmoot.invitations.wanting import AHEAD
from folkmoot.meetings.attendance_reading import answers_to
from folkmoot.meetings.models import JoinedMeeting, Meeting, Status
from folkmoot.people.models import Person


def calls_to_look_at(which: Q, *, now: datetime) -> models.QuerySet[Meeting]:
    """Calls to come about which there may be something to mail: wished for and near, with guests, or asked already."""
    joined = JoinedMeeting.objects.filter(meeting=OuterRef("pk"))
    wished = InvitationWish.objects.filter(is_wanted=True, group__isnull=False).values("group")
    near = Q(starts_at__lte=now + AHEAD, status=Status.PLANNED) & (
        Q(group__in=wished) | Exists(joined.filter(group__in=wished))
    )
    asked = Exists(CallInvitation.objects.filter(meeting=OuterRef("pk"), ended_at=None))
    guests = Exists(CallGuest.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None))
    return Meeting.objects.filter(which, near | asked | guests, starts_at__gt=now).order_by("starts_at", "pk")


def wishes_of(person: Person) -> dict[int | None, bool]:
    """What somebody has said about invitations, by the group's key; None for those as a guest."""
    return dict(InvitationWish.objects.filter(person=person).values_list("group", "is_wanted"))


def groups_to_wish(person: Person) -> list[Group]:
    """The groups whose calls somebody may have as invitations, by name."""
    return list(groups_with_power(person).order_by("name", "pk"))


@dataclass(frozen=True)
class Guest:
    """A guest of a call, and in words what they answered."""

    row: CallGuest
    answer: str


def guests_of(meeting: Meeting) -> list[Guest]:
    """Who is asked to a call from outside, in the order of their names; two queries."""
    # What a merge left with the record that is gone stands there for the one that is kept already.
    rows = CallGuest.objects.filter(meeting=meeting, withdrawn_at=None, person__merged_into=None)
    said = {one.person_id: one.get_says_display() for one in answers_to(meeting)}
    return [
        Guest(row, said.get(row.person_id, ""))
        for row in rows.select_related("person").order_by("person__name_key", "pk")
    ]
