"""The call roles of the sample community: a year of turns, one taken, one asked for, one open, and an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.announcing import send_announcement
from folkmoot.meetings.actions.call_lists import bring_call_list_in_order
from folkmoot.meetings.actions.call_roles import set_willing
from folkmoot.meetings.actions.turns import propose_turns, take_turn
from folkmoot.meetings.announcing_words import draft_of
from folkmoot.meetings.domain.role_words import CRIER, MODERATOR, SCRIBE
from folkmoot.meetings.models import How, Status, Turn, TurnState, Willing
from folkmoot.meetings.queries import past_meetings, upcoming_meetings
from folkmoot.plan.who import people_in

YEAR = timedelta(days=365)
SEVERAL = 4
"""How many of the first group take turns."""


@transaction.atomic
def share_duties(groups: Sequence[Group], *, by: Actor) -> None:
    """Let the first group share its call roles as it has done for a year."""
    if not groups:
        return
    group, now = groups[0], timezone.now()
    several = list(people_in(group)[:SEVERAL])
    for number, person in enumerate(several):
        # Nobody cries out gladly: so there is a role that stays open.
        set_willing(group, keys=[MODERATOR, SCRIBE] if number else [SCRIBE], by=person)
    Willing.objects.filter(role__group=group).update(since=now - YEAR)
    roles = {role.key: role for role in group.call_roles.all()}
    past = list(past_meetings(group, now=now).filter(starts_at__gt=now - YEAR).reverse())
    Turn.objects.bulk_create(
        Turn(
            meeting=meeting,
            role=roles[key],
            person=several[(number + shift) % len(several)],
            how=How.ROTA,
            state=TurnState.TAKEN,
            made_at=meeting.starts_at - timedelta(days=21),
            answered_at=meeting.starts_at - timedelta(days=20),
        )
        for number, meeting in enumerate(past)
        for shift, key in enumerate((SCRIBE, MODERATOR, CRIER))
    )
    coming = list(upcoming_meetings(group, now=now).filter(starts_at__gt=now, status=Status.PLANNED)[:1])
    for meeting in coming:
        take_turn(meeting, MODERATOR, by=several[-1])
        subject, body = draft_of(meeting)
        send_announcement(meeting, number=1, subject=subject, body=body, by=managers_of(group)[0])
        bring_call_list_in_order(meeting, by=by)
    propose_turns(group, now=now)
