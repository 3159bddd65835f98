"""How far the opening of the ballots has come, and what officers' browsers ask for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, Election, ElectionState, Stage
from folkmoot.governance.models.officers import ElectionOfficer
from folkmoot.governance.models.openings import RankingsFound, SharesSent
from folkmoot.governance.queries.elections import day_in
from folkmoot.people.models import Person


@dataclass(frozen=True)
class Tally:
    """The envelopes of one contest beside the people who voted; both are the same unless something went wrong."""

    contest: Contest
    envelopes: int
    voted: int

    @property
    def is_even(self) -> bool:
        return self.envelopes == self.voted


@dataclass(frozen=True)
class OfficerProgress:
    """How far one officer is. `found` is what they handed in, by contest position."""

    officer: ElectionOfficer
    is_lost: bool
    has_opened: bool
    found: dict[int, RankingsFound]

    @property
    def place(self) -> int:
        """Theirs among those to whose keys ballots are sealed, from 0."""
        assert self.officer.place is not None
        return self.officer.place

    @property
    def has_counted(self) -> bool:
        return bool(self.found)

    @property
    def is_needed_still(self) -> bool:
        """Whether they have something to do that they can do."""
        return not self.is_lost and not self.has_counted


@dataclass(frozen=True)
class OpeningProgress:
    """How far the officers are, all together."""

    needed: int
    officers: tuple[OfficerProgress, ...]
    tallies: tuple[Tally, ...]

    @property
    def counting(self) -> tuple[OfficerProgress, ...]:
        """Those who count: everybody whose key is not lost."""
        return tuple(one for one in self.officers if not one.is_lost)

    @property
    def opened(self) -> int:
        return sum(one.has_opened for one in self.officers)

    @property
    def counted(self) -> int:
        return sum(one.has_counted for one in self.officers)

    @property
    def is_reachable(self) -> bool:
        """Whether so many keys are left that the ballots can be opened at all."""
        return len(self.counting) >= self.needed

    @property
    def may_be_counted(self) -> bool:
        return self.opened >= self.needed

    @property
    def differing(self) -> tuple[Contest, ...]:
        """Contests in whose envelopes officers found different rankings."""
        return tuple(tally.contest for tally in self.tallies if len(self._digests(tally.contest)) > 1)

    @property
    def is_agreed(self) -> bool:
        """Whether enough officers found the same in each contest."""
        return bool(self.tallies) and all(
            max(self._digests(tally.contest).values(), default=0) >= self.needed for tally in self.tallies
        )

    @property
    def uneven(self) -> tuple[Tally, ...]:
        return tuple(tally for tally in self.tallies if not tally.is_even)

    def of(self, person: Person | None) -> OfficerProgress | None:
        """Of one officer; None for everybody else."""
        return next((one for one in self.officers if person is not None and one.officer.person_id == person.pk), None)

    def _digests(self, contest: Contest) -> Counter[str]:
        found = (one.found.get(contest.position) for one in self.officers)
        return Counter(each.digest for each in found if each is not None)


def key_holders(election: Election) -> list[ElectionOfficer]:
    """The officers to whose keys ballots are sealed, in their order, with person and key."""
    found = election.officers.filter(place__isnull=False).select_related("person", "key").order_by("place")
    return list(found)


def tallies_of(election: Election) -> list[Tally]:
    """For each contest how many envelopes there are, and how many voted. Two queries."""
    voted = Turnout.objects.filter(election=election).count()
    contests = election.contests.annotate(envelopes=Count("sealed")).order_by("position")
    return [Tally(contest, contest.envelopes, voted) for contest in contests]


def opening_of(election: Election) -> OpeningProgress:
    """How far the officers are. Five queries, whatever their number."""
    officers, tallies = key_holders(election), tallies_of(election)
    contests = [tally.contest.pk for tally in tallies]
    live = {officer.pk for officer in officers if officer.key.lost_at is None}
    sent = set(SharesSent.objects.filter(contest__in=contests).values_list("sender_id", "to_id", "contest_id"))
    found: dict[int, dict[int, RankingsFound]] = {}
    for each in RankingsFound.objects.filter(contest__in=contests).select_related("contest").defer("rankings"):
        found.setdefault(each.officer_id, {})[each.contest.position] = each
    progress = tuple(
        OfficerProgress(
            officer,
            is_lost=officer.pk not in live,
            has_opened=_has_opened(officer, live, contests, sent, counted=officer.pk in found, needed=election.needed),
            found=found.get(officer.pk, {}),
        )
        for officer in officers
    )
    return OpeningProgress(election.needed, progress, tuple(tallies))


def _has_opened(
    officer: ElectionOfficer,
    live: set[int],
    contests: list[int],
    sent: set[tuple[int, int, int]],
    *,
    counted: bool,
    needed: int,
) -> bool:
    if needed == 1:
        return counted
    others = live - {officer.pk}
    return bool(others) and all((officer.pk, other, contest) in sent for other in others for contest in contests)


def envelopes_of(contest: Contest, *, after: str = "", most: int | None = None) -> dict[str, str]:
    """Envelopes by receipt, in the order of receipts, which is as good as drawn, from the one after a receipt on."""
    found = SealedBallot.objects.filter(contest=contest, receipt__gt=after).order_by("receipt")
    rows = found.values_list("receipt", "envelope")
    return dict(rows if most is None else rows[:most])


def shares_for(officer: ElectionOfficer, contest: Contest) -> dict[int, str]:
    """What others sealed to this officer of one contest, by the place of whoever sent it."""
    sent = SharesSent.objects.filter(to=officer, contest=contest).exclude(sealed="").order_by("sender__place")
    return {place: sealed for place, sealed in sent.values_list("sender__place", "sealed") if place is not None}


def elections_to_close(now: datetime) -> QuerySet[Election]:
    """Those in which the last moment for a ballot is over."""
    return Election.objects.filter(state=ElectionState.OPEN, accepts_until__lte=now).order_by("accepts_until", "pk")


def are_complaints_over(election: Election, now: datetime) -> bool:
    """Whether the days for complaints are behind us; False while there is no released result."""
    if not election.is_published:
        return False
    complaints = election.stages.filter(stage=Stage.COMPLAINTS).first()
    return complaints is None or complaints.last < day_in(election, now)


def are_keys_needed(election: Election, now: datetime) -> bool:
    """Whether officers have to keep their keys: until complaints are over, or the election is cancelled."""
    return election.state != ElectionState.CANCELLED and not are_complaints_over(election, now)
