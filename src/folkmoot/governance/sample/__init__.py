"""The elections of the sample community: one that is over, with its bundle; one that is open; one that is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from folkmoot.governance.actions.plan import DaysGiven, announce_election, begin_election
from folkmoot.governance.actions.plan_contests import ContestGiven
from folkmoot.governance.actions.rolls import set_reach
from folkmoot.governance.domain.days import Step
from folkmoot.governance.sample.finished import hold_last_autumn
from folkmoot.governance.sample.under_way import open_now
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

STEERING = "steering-committee"
PLANNED_SEATS = ("Treasurer", "Elected member 1")


def hold_elections(groups: Sequence[Group], people: Mapping[str, Person], *, now: datetime, by: Actor) -> None:
    """All three, where their groups are there."""
    steering = next((group for group in groups if group.slug == STEERING), None)
    caring = next((group for group in groups if group.slug.startswith("community-care")), None)
    if steering is not None:
        hold_last_autumn(steering, people, now=now)
        _plan_next_autumn(steering, now.date(), by)
    if caring is not None:
        open_now(caring, people, now=now, keys_in=Path(settings.DATA_FOLDER) / "sample-election-keys")


def _plan_next_autumn(steering: Group, today: date, by: Actor) -> None:
    """The seats that turn next, with everything still to be done."""
    year = today.year if today < date(today.year, 7, 1) else today.year + 1
    seats = list(steering.seats.filter(title__in=PLANNED_SEATS))
    election = begin_election(
        steering,
        title=_("Steering committee %(year)d") % {"year": year},
        key=f"steering-{year}",
        words=_(
            "Two of the five elected seats turn over on 1 November. Everybody who takes part in a group may stand."
        ),
        days=DaysGiven(date(year, 9, 11), Step.VOTING, terms_on=date(year, 11, 1)),
        contests=[ContestGiven(_("Elected members"), places=len(seats) or 1, seats=seats, endorsements=2)],
        needed=2,
        by=by,
    )
    set_reach(election, below=True, by=by)
    if today >= date(year, 9, 11) - timedelta(days=330):
        announce_election(election, by=by)
