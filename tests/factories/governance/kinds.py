"""One of everything that this part of elections has an address for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from folkmoot.governance.actions.kinds import offer_seat
from folkmoot.governance.actions.kinds_surveys import ask_body
from folkmoot.governance.models.kinds import Survey, SurveyKind
from folkmoot.groups.actions.seats import add_seat
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    seat = add_seat(group, title="A seat that waits", by=system())
    offered = add_seat(group, title="A seat that was offered", by=system())
    election = made["released"].election
    today = today_here()
    return {
        "empty_seat": seat.pk,
        "seat_offer": offer_seat(offered, people["participant"], why="Light for all.", by=system()).pk,
        "body_survey": ask_body(group, by=system()).pk,
        "retro_survey": Survey.objects.create(
            group=group, kind=SurveyKind.RETRO, election=election, first=today, last=today + timedelta(days=9)
        ).pk,
    }
