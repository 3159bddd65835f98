"""Reads about nominations, candidates and their endorsements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from folkmoot.governance.domain.affiliations import Counts, Given, count_endorsements, one_spelling
from folkmoot.governance.domain.candidate_days import CandidateDays, candidate_days
from folkmoot.governance.domain.orders import in_order_for
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState
from folkmoot.governance.queries.elections import stages_of
from folkmoot.people.models import Person


def candidate_days_of(election: Election) -> CandidateDays:
    """When people nominate, answer and ask in an election. One query, none where its steps were fetched."""
    return candidate_days({stage.value: (one.first, one.last) for stage, one in stages_of(election).items()})


def candidates_of(contest: Contest) -> QuerySet[Nomination]:
    """Who stands for a contest, with their people.

    Once frozen: all in the frozen order, in which ballots rank them, also those who have withdrawn since. Before that:
    those who stand, in the order in which they came (in the frozen one as soon as `freeze_candidates` has said it).
    """
    candidates = Nomination.objects.filter(contest=contest).select_related("person")
    if contest.election.is_frozen:
        return candidates.filter(place__isnull=False).order_by("place")
    return candidates.filter(state=NominationState.STANDING).order_by(F("place").asc(nulls_last=True), "pk")


def affiliations_of(contest: Contest) -> list[str]:
    """The affiliation of each of `candidates_of`, in their order; equal ones are equal texts, none is empty."""
    return one_spelling(candidate.affiliation for candidate in candidates_of(contest))


def stands_in(person: Person, election: Election) -> bool:
    """Whether somebody is a candidate in an election: on the ballot, or on the way to it with their own yes."""
    standing = Nomination.objects.filter(contest__election=election, person=person, state=NominationState.STANDING)
    return standing.exists()


def own_nominations(person: Person, election: Election) -> list[Nomination]:
    """Somebody's nominations in an election, with their contests; one query."""
    mine = Nomination.objects.filter(contest__election=election, person=person)
    return list(mine.select_related("contest").order_by("contest__position"))


def nominations_waiting_for(person: Person) -> QuerySet[Nomination]:
    """What somebody has been nominated for and has not answered, in elections that run; one query."""
    waiting = Nomination.objects.filter(
        person=person, state=NominationState.PROPOSED, contest__election__state=ElectionState.ANNOUNCED
    )
    return waiting.select_related("contest__election__group").order_by("pk")


@dataclass(frozen=True)
class Endorsed:
    """The endorsements of a candidate, each with whether it counts."""

    given: Sequence[tuple[Endorsement, Counts]]
    needed: int

    @property
    def count(self) -> int:
        """How many count: of different affiliations, and not by the candidate."""
        return sum(counts == Counts.YES for _one, counts in self.given)

    @property
    def is_enough(self) -> bool:
        return self.count >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.count)


def endorsed(nomination: Nomination) -> Endorsed:
    """One query, none where endorsements were fetched with their people; the contest is there."""
    given = list(nomination.endorsements.all())
    counts = count_endorsements([Given(one.person_id, one.affiliation) for one in given], nomination.person_id)
    return Endorsed(list(zip(given, counts, strict=True)), nomination.contest.endorsements)


def in_readers_order(
    contest: Contest, candidates: Iterable[Nomination], *, reader: Person | None, day: date
) -> list[Nomination]:
    """The candidates as this reader sees them: in an order of their own, which stays; a stranger's is of the day."""
    who = reader_of_orders(reader) if reader is not None else f"day {day.isoformat()}"
    return in_order_of(who, contest, candidates)


def reader_of_orders(person: Person) -> str:
    """The text that stands for somebody wherever candidates are put in an order for them."""
    return f"person {person.pk}"


def in_order_of(reader: str, contest: Contest, candidates: Iterable[Nomination]) -> list[Nomination]:
    """The candidates in the order that belongs to this text; the same on their pages and on the ballot."""
    return in_order_for(
        reader,
        candidates,
        key=settings.SECRET_KEY.encode(),
        about=f"candidates of contest {contest.pk}",
        name=lambda candidate: candidate.pk,
    )


def warnings_before_freeze(contest: Contest) -> list[str]:
    """What officers should know of the candidates before voting opens, in whole sentences; two queries."""
    standing = _standing(contest)
    return warnings_of_places(contest, standing) + [
        _("%(name)s lacks %(missing)d endorsements and would not be on the ballot.")
        % {"name": one.person.name, "missing": endorsed(one).missing}
        for one in standing
        if one.person is not None and not endorsed(one).is_enough
    ]


def warnings_of_places(contest: Contest, standing: Sequence[Nomination] | None = None) -> list[str]:
    """Of these warnings the one about how many stand for how many places."""
    found = _standing(contest) if standing is None else standing
    complete = [one for one in found if one.person_id is None or endorsed(one).is_enough]
    names = {"contest": contest.title, "count": len(complete), "places": contest.places}
    if not complete and found:
        return [_("%(contest)s: nobody has the endorsements that are needed, so voting cannot open.") % names]
    if not complete:
        return [_("%(contest)s: nobody stands so far, so voting cannot open.") % names]
    if len(complete) < contest.places:
        return [_("%(contest)s: %(count)d stand for %(places)d places. Some will stay free.") % names]
    if len(complete) == contest.places and any(one.person_id for one in complete):
        return [
            _("%(contest)s: as many stand as there are places, so all of them are elected, unless rules say other.")
            % names
        ]
    return []


def _standing(contest: Contest) -> list[Nomination]:
    standing = list(candidates_of(contest).prefetch_related("endorsements"))
    for one in standing:
        one.contest = contest
    return standing
