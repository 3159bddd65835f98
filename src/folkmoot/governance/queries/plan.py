"""Reads about how elections are set up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.officers import OfficerState
from folkmoot.governance.queries.electorate import electing_groups
from folkmoot.groups.models import Group, Participation
from folkmoot.groups.seat_pages import SeatLine, seats_page
from folkmoot.people.models import Person

ENDED = (ElectionState.CERTIFIED, ElectionState.CANCELLED)
LOST = (NominationState.DECLINED, NominationState.LAPSED, NominationState.WITHDRAWN)


@dataclass(frozen=True)
class SeatToFill:
    """A seat that can be elected anew, and from which day nobody holds it."""

    line: SeatLine

    @property
    def free_from(self) -> date | None:
        return self.line.free_from


def days_of(election: Election) -> dict[Step, Days]:
    """The days of each step that the election has, by the order of steps; one query, none where they were fetched."""
    found = {stage.stage: Days(stage.first, stage.last) for stage in election.stages.all()}
    return {step: found[step.value] for step in Step if step.value in found}


def seats_to_fill(group: Group, on: date) -> Sequence[SeatToFill]:
    """The seats of a group, those that fall free soonest first; whoever prepares an election may know their holders."""
    lines = seats_page(group, on=on, sees_all=True).lines
    return [SeatToFill(line) for line in sorted(lines, key=lambda line: line.free_from or date.max)]


def people_of(election: Election) -> QuerySet[Person]:
    """Everybody who takes part in a group whose people elect, in whatever role, each once."""
    present = Participation.objects.filter(group__in=electing_groups(election), ended_at=None).values("person")
    return Person.objects.filter(pk__in=present, is_active=True)


def nominated_for(contest: Contest) -> QuerySet[Person]:
    """Who stands in a contest or was asked to, each once."""
    found = contest.nominations.filter(person__isnull=False).exclude(state__in=LOST)
    return Person.objects.filter(pk__in=found.values("person"), is_active=True).order_by("pk")


def people_concerned(election: Election) -> QuerySet[Person]:
    """Officers and monitors, candidates, and whom it is about once they may know of it, each once."""
    officers = election.officers.exclude(state__in=(OfficerState.DECLINED, OfficerState.GONE)).values("person")
    stands = Nomination.objects.filter(contest__election=election, person__isnull=False)
    candidates = stands.exclude(state__in=LOST).values("person")
    about = [election.about_id] if election.about_id is not None and election.state != ElectionState.DRAFT else []
    return Person.objects.filter(Q(pk__in=officers) | Q(pk__in=candidates) | Q(pk__in=about)).order_by("pk")
