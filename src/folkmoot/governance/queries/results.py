"""Reads about results: what was found, what is published, who signed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from folkmoot.governance.domain.counting.reading_back import from_json
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.election_bundles import packed
from folkmoot.governance.domain.given import Given, given_from_json
from folkmoot.governance.domain.publishing import Shown
from folkmoot.governance.models.elections import Contest, Election, ElectionKind, Stage
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.openings import RankingsFound
from folkmoot.governance.models.results import ContestResult, ElectionBundle
from folkmoot.governance.queries.elections import day_in
from folkmoot.groups.domain.offices import end_of_term
from folkmoot.groups.models import Begun, Seat


def found_by_enough(contest: Contest, needed: int) -> RankingsFound | None:
    """What at least so many officers found alike in the envelopes of a contest."""
    found = list(contest.found.all())
    alike = Counter(one.digest for one in found)
    return next((one for one in found if alike[one.digest] >= needed), None)


def frozen_candidates(contest: Contest) -> list[Nomination]:
    """The candidates in the frozen order, with their people; also who withdrew since."""
    return list(contest.nominations.filter(place__isnull=False).select_related("person").order_by("place"))


def gone(candidates: Sequence[Nomination]) -> list[int]:
    """Places of those who no longer stand."""
    return [one.place for one in candidates if one.place is not None and one.state != NominationState.STANDING]


@dataclass(frozen=True)
class SeatAhead:
    """A seat of a contest and the term that would begin; `ends` is the first day after it, None without an end."""

    seat: Seat
    begins: date
    ends: date | None


def seats_in_order(contest: Contest) -> list[SeatAhead]:
    """The seats of a contest, longest term first: whoever is elected first has the first of them.

    In an election of a vacancy a term ends on the day on which the one that fell empty would have.
    """
    begins = first_day_of_terms(contest.election)
    seats = [fill.seat for fill in contest.fills.select_related("seat__group", "seat__role").order_by("position")]
    is_vacancy = contest.election.kind == ElectionKind.VACANCY
    ahead = [
        SeatAhead(
            seat,
            begins,
            (rest_until(seat, begins) if is_vacancy else None) or end_of_term(begins, seat.term_months, seat.turns_on),
        )
        for seat in seats
    ]
    return sorted(ahead, key=lambda one: -(one.ends or date.max).toordinal())


def rest_until(seat: Seat, begins: date) -> date | None:
    """The first day after the term that was last begun before this day, as it was given; None where that is over.

    Whoever acts in between, or was seated for the rest, leaves it as it is.
    """
    terms = [one for one in seat.terms.exclude(how=Begun.ACTING) if one.begins_on < begins and not one.span.is_empty]
    last = max(terms, key=lambda one: one.begins_on, default=None)
    return last.ends_on if last is not None and last.ends_on is not None and last.ends_on > begins else None


def first_day_of_terms(election: Election) -> date:
    """The first day of the step that is called so; without it the day after complaints, or today."""
    days = {stage.stage: stage for stage in election.stages.all()}
    if (term := days.get(Stage.TERM)) is not None:
        return term.first
    if (complaints := days.get(Stage.COMPLAINTS)) is not None:
        return complaints.last + timedelta(days=1)
    return day_in(election, timezone.now())


def years_of(seats: Sequence[SeatAhead]) -> tuple[int, ...]:
    """The terms of seats in years, where they differ and are whole years; else none, and all count alike."""
    years = []
    for one in seats:
        if one.ends is None or (one.ends.month, one.ends.day) != (one.begins.month, one.begins.day):
            return ()
        years.append(one.ends.year - one.begins.year)
    return tuple(years) if len(set(years)) > 1 else ()


@dataclass(frozen=True)
class Counted:
    """The count of one contest as it is shown; `number` counts from 1. `given` is there where all is published."""

    number: int
    contest: Contest
    row: ContestResult
    result: Result

    @property
    def is_whole(self) -> bool:
        return bool(self.row.shown == Shown.WHOLE)

    @property
    def file_name(self) -> str:
        """How a file of its ballots is called."""
        ending = "json" if self.row.ballots.startswith("{") else "blt"
        return f"{self.contest.election.key}-{self.number}.{ending}"

    @property
    def all_name(self) -> str:
        return f"all-{self.file_name}"

    @property
    def given(self) -> Given | None:
        return given_of(self.row) if self.is_whole else None


def given_of(row: ContestResult) -> Given:
    """All that was counted. Nothing but what is published may leave the circle of officers."""
    affiliations = row.affiliations.encode() if row.affiliations else None
    return given_from_json(row.rules, row.ballots.encode(), affiliations)


def counts_of(election: Election) -> list[Counted]:
    """The counts of all contests. One query."""
    rows = ContestResult.objects.filter(contest__election=election).select_related("contest__election")
    return [
        Counted(row.contest.position + 1, row.contest, row, from_json(row.result))
        for row in rows.order_by("contest__position")
    ]


def signatures_of(election: Election) -> dict[int, str]:
    """By officers' places in the frozen order."""
    found = election.signatures.values_list("officer__place", "jws")
    return {place: jws for place, jws in found if place is not None}


def bundle_of(election: Election) -> bytes:
    """The ZIP that everybody may take away."""
    bundle = ElectionBundle.objects.get(election=election)
    return packed(bundle.manifest, bundle.files, signatures_of(election))


def officers_as_frozen(election: Election) -> list[str]:
    """How the officers were called when their keys were frozen, in their order."""
    return [str(officer["name"]) for officer in json.loads(election.frozen)["officers"]]
