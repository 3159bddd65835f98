"""Who is to have an invitation to a call, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Exists, OuterRef

from folkmoot.groups.models import Group, Participation, Term
from folkmoot.invitations.models import CallGuest, CallInvitation, InvitationWish
from folkmoot.meetings.models import Meeting
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

AHEAD = timedelta(days=14)
"""How long before a call the first invitation goes out."""


class MayJoin(TypedDict):
    """What a wish is told of besides its fields."""

    may_join: bool


@dataclass(frozen=True)
class Wanted:
    """Somebody who is to have an invitation: by their wish for a group, or as a guest of the call (no group)."""

    person: Person
    group: Group | None
    gets_way_in: bool = False


def wanted_at(meeting: Meeting) -> dict[int, Wanted]:
    """Who is to have an invitation to a call, by the person's key; two or three queries."""
    found = {
        guest.person_id: Wanted(guest.person, None, guest.gets_way_in)
        for guest in CallGuest.objects.filter(meeting=meeting, withdrawn_at=None, person__is_active=True)
        .exclude(person__in=InvitationWish.objects.filter(group=None, is_wanted=False).values("person"))
        .select_related("person")
    }
    for wish in wishes_for(meeting.groups).select_related("person", "group").order_by("-pk"):
        known = found.get(wish.person_id)
        found[wish.person_id] = Wanted(
            wish.person, wish.group, gets_way_in=wish.may_join or (known is not None and known.gets_way_in)
        )
    return found


def wishes_for(groups: Iterable[Group]) -> models.QuerySet[WithAnnotations[InvitationWish, MayJoin]]:
    """The wishes for these groups of people who have a role or seat there now.

    Each says whether its person `may_join`: the way into calls is for who has a role, by a seat too.
    """
    mine = Participation.objects.filter(group=OuterRef("group"), person=OuterRef("person"), ended_at=None)
    seated = Term.objects.on(today_here()).filter(
        seat__group=OuterRef("group"), seat__retired_on=None, person=OuterRef("person")
    )
    return InvitationWish.objects.filter(
        Exists(mine) | Exists(seated),
        group__in=list(groups),
        is_wanted=True,
        person__is_active=True,
    ).annotate(may_join=Exists(mine) | Exists(seated.exclude(seat__role=None)))


def is_wanted(row: CallInvitation) -> bool:
    """Whether the person of an invitation wants it still, by whichever group or as a guest."""
    return row.person_id in wanted_at(row.meeting)


def is_guest(person: Person, meeting: Meeting) -> bool:
    """Whether somebody from outside is asked to this call."""
    return CallGuest.objects.filter(meeting=meeting, person=person, withdrawn_at=None).exists()
