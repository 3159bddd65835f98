"""Reads about elections that several parts share."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from folkmoot.governance.domain.freezing import sealing_of
from folkmoot.governance.domain.sealed.envelopes import Sealing
from folkmoot.governance.models.elections import Contest, Election, ElectionStage, Stage
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.kit import zones
from folkmoot.people.models import Person


def day_in(election: Election, now: datetime) -> date:
    """Which day it is where the election's days are counted."""
    return now.astimezone(zones.zone(election.zone)).date()


def stages_of(election: Election) -> dict[Stage, ElectionStage]:
    """The days of each step; steps that are left out are missing. One query, none where they were fetched."""
    return {Stage(stage.stage): stage for stage in election.stages.all()}


def officers_serving(election: Election) -> QuerySet[ElectionOfficer]:
    """Those who accepted to be officers, with their people."""
    serving = election.officers.filter(duty=Duty.OFFICER, state=OfficerState.ACCEPTED)
    return serving.select_related("person").order_by("place", "pk")


def duty_of(person: Person, election: Election) -> ElectionOfficer | None:
    """What somebody has accepted to do in an election."""
    found: ElectionOfficer | None = election.officers.filter(person=person, state=OfficerState.ACCEPTED).first()
    return found


def sealing_for(contest: Contest) -> Sealing:
    """For what the ballots of a contest are sealed, once voting has opened. No query if the election is there."""
    return sealing_of(contest.election.frozen, contest.position)
