"""Reads for voting: whose ballots somebody may cast, what stands on them, which envelopes were accepted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from folkmoot.governance.domain.ballot_papers import Way, may_be_equal, top_mark, way_of
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.nominations import in_order_of
from folkmoot.governance.queries.rolls_proxies import votes_held_by
from folkmoot.notices.models import Address
from folkmoot.people.models import Person, Standing

STEP = 10
"""Turnout is told in steps of so many hundredths while people vote."""


@dataclass(frozen=True)
class Choice:
    """One candidate as a voter sees them: `place` in the frozen order, the page where one reads more, or none.

    Who withdrew after the freeze is still there, since the order of the envelopes stays.
    """

    place: int
    name: str
    url: str = ""
    withdrew: bool = False


@dataclass(frozen=True)
class Paper:
    """The ballot of one contest, its candidates in the order of one reader."""

    contest: Contest
    choices: tuple[Choice, ...]

    @property
    def way(self) -> Way:
        return way_of(self.contest.method)

    @property
    def may_be_equal(self) -> bool:
        return may_be_equal(self.contest.method)

    @property
    def top(self) -> int:
        """The highest number that may be written."""
        return top_mark(len(self.choices)) if self.way is Way.MARK else len(self.choices)

    @property
    def names(self) -> dict[int, str]:
        """Names by place in the frozen order."""
        return {choice.place: choice.name for choice in self.choices}


def voter_of(person: Person, election: Election) -> Voter | None:
    """Somebody's own line on the frozen roll."""
    return Voter.objects.filter(election=election, person=person).select_related("person").first()


def voters_for(person: Person, election: Election) -> list[Voter]:
    """For whom somebody casts ballots: for themselves, if they are on the roll, and for whom they are a proxy. A record
    that was erased, or joined to another, casts none."""
    own = voter_of(person, election)
    if own is not None and own.person.standing in (Standing.ERASED, Standing.MERGED):
        return []
    return [own, *votes_held_by(person, election)] if own is not None else []


def has_voted(voter: Voter) -> bool:
    """Whether a voter's ballots are in."""
    return Turnout.objects.filter(voter=voter).exists()


def not_voted(election: Election) -> QuerySet[Voter]:
    """Those on the roll whose ballots are not in."""
    return election.voters.filter(turnout__isnull=True)


def unreached_voters(election: Election) -> QuerySet[Voter]:
    """Those on the roll to whom no mail goes: it came back, or they gave no address. They can vote after signing in."""
    paused = Address.objects.filter(address__iexact=OuterRef("person__email"), paused_at__isnull=False)
    unreached = election.voters.filter(Q(person__email="") | Exists(paused))
    return unreached.select_related("person").order_by("person__name", "pk")


def papers_of(election: Election, reader: str) -> list[Paper]:
    """The ballots of all contests, in the order of candidates that is this reader's own and stays so. Two queries.

    `reader` is any text that stands for them, as in `nominations.in_order_of`.
    """
    papers = []
    for contest in election.contests.prefetch_related("nominations"):
        contest.election = election
        placed = [one for one in contest.nominations.all() if one.place is not None]
        standing = in_order_of(reader, contest, placed)
        choices = [
            Choice(one.place or 0, one.ballot_name, candidate_url(one, election), not one.is_standing)
            for one in standing
        ]
        papers.append(Paper(contest, tuple(choices)))
    return papers


def candidate_url(nomination: Nomination, election: Election) -> str:
    """Where one reads about a candidate; nothing for a name alone."""
    if nomination.person_id is None:
        return ""
    return reverse("candidate", args=[election.group.slug, election.key, nomination.pk])


def shows_receipts(election: Election) -> bool:
    """Whether the list of accepted receipts is public: once nothing can be added any more."""
    return election.is_frozen and election.state != ElectionState.OPEN


def accepted_receipts(contest: Contest) -> list[str]:
    """The receipts of all envelopes of a contest, sorted."""
    return list(SealedBallot.objects.filter(contest=contest).order_by("receipt").values_list("receipt", flat=True))


def accepted_among(election: Election, receipts: Collection[str]) -> set[str]:
    """Which of these receipts belong to envelopes that were accepted."""
    found = SealedBallot.objects.filter(contest__election=election, receipt__in=receipts)
    return set(found.values_list("receipt", flat=True))


def turnout_step(election: Election) -> tuple[int, int]:
    """Between which hundredths of the roll the turnout lies: (10, 20). While voting nothing finer is told."""
    voters = election.voters.count()
    if not voters:
        return 0, STEP
    part = Turnout.objects.filter(election=election).count() * 100 // voters
    lowest = min(part, 100 - STEP) // STEP * STEP
    return lowest, lowest + STEP


def election_page(election: Election, name: str) -> str:
    """The address of a page of an election."""
    return reverse(name, args=[election.group.slug, election.key])


INVENTED = (
    "Alder Brook", "Birch Vale", "Cedar Lane", "Dune Walker", "Elm Rivers", "Fern Hollow", "Gale Summers",
)  # fmt: skip
"""Candidates of the ballot that anybody may try."""


def trial_papers(election: Election) -> list[Paper]:
    """The ballots of an election with invented candidates, in one order for everybody. One query."""
    papers = []
    for contest in election.contests.all():
        names = ("Yes", "No") if contest.method == Method.YES_NO else INVENTED[:4]
        contest.election = election
        choices = tuple(Choice(place, name) for place, name in enumerate(names))
        papers.append(Paper(contest, choices))
    return papers
