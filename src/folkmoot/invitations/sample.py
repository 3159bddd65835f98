"""Answers to the next calls of the sample community, invitations by mail, and a guest."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.invitations.actions import invite_guest, wish_invitations
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import answer_call
from folkmoot.meetings.models import Says, Way
from folkmoot.meetings.queries import next_meetings
from folkmoot.plan.who import people_in

MOST_GROUPS = 3
SAID = (Says.COMING, Says.COMING, Says.MAYBE, Says.COMING, Says.REGRET, Says.COMING)
WAYS = (Way.PAGE, Way.CALENDAR, Way.LINK)
WISH = 2
GUEST = ("marisol@example.org", "Marisol Vane")


@transaction.atomic
def answer_calls(groups: Sequence[Group], *, by: Actor) -> None:
    """In some groups, most people say whether they come to the next call; in the first one somebody is invited."""
    now = timezone.now()
    for number, group in enumerate(groups[:MOST_GROUPS]):
        people = list(people_in(group))
        for person in people[:WISH]:
            wish_invitations(group, by=person)
        for meeting in next_meetings([group], now=now).get(group.pk, []):
            if meeting.starts_at <= now:
                continue
            for place, (person, says) in enumerate(zip(people, SAID, strict=False)):
                answer_call(meeting, says, by=person, way=WAYS[place % len(WAYS)])
            if number == 0:
                invite_guest(meeting, GUEST[0], name=GUEST[1], by=by)
