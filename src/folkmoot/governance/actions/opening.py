"""From the last ballot to rankings on which enough officers agree.

Everything here holds the row of the election, as casting does: a ballot is either in before the close, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions import results
from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.actions.opening_wiping import scatter_rows, tidy_database
from folkmoot.governance.domain.sealed.opening import Found, found_of
from folkmoot.governance.facts.opening import (
    BallotsCounted,
    BallotsOpened,
    OfficersAgreed,
    OfficersDisagreed,
    VotingClosed,
)
from folkmoot.governance.models.ballots import SealedBallot
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.officers import OfficerState
from folkmoot.governance.models.openings import RankingsFound, SharesSent
from folkmoot.governance.notices.opening import BallotsCanBeCounted, OfficersFoundDifferent, VotingIsOver
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.queries.opening import OpeningProgress, opening_of
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.opening import (
    may_ask_to_close,
    may_close_voting,
    may_count_ballots,
    may_open_ballots,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions.telling import tell
from folkmoot.people.models import Person

LONGEST_SHARES: Final = 20_000_000
JWE: Final = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}\Z")


@transaction.atomic
def close_voting(election: Election, *, by: Actor) -> Election:
    """End the vote at the last moment that was announced, however late this is called; a second time does nothing.

    Tells the ledger how many voted, and officers and monitors that it is over; where there are more or fewer ballots
    than people who voted, both say so. The nonce of the roll is for everybody from now on, see `nonce_of`.
    """
    election = hold_election(election)
    require(may_ask_to_close(by, election))
    if election.state != ElectionState.OPEN and election.closed_at is not None:
        return election
    require(may_close_voting(by, election, timezone.now()))
    election.state, election.closed_at = ElectionState.CLOSED, election.accepts_until
    election.save(update_fields=["state", "closed_at"])
    opening = opening_of(election)
    voters, voted = election.voters.count(), opening.tallies[0].voted if opening.tallies else 0
    uneven = [tally.contest.pk for tally in opening.uneven]
    record(
        VotingClosed(election.pk, voters, voted, uneven),
        by=by,
        on=election,
        within=election.group,
        at=election.closed_at,
    )
    scatter_rows(election)
    tidy_database.enqueue()
    holders = {one.officer.person_id for one in opening.officers}
    for duty in _watching(election):
        opens = duty.pk in holders
        tell([duty], VotingIsOver(election, voted, voters, opens=opens, is_uneven=bool(uneven)))
    return election


def nonce_of(election: Election) -> str:
    """The nonce of the roll's hash, for everybody once voting is over; empty until then."""
    return election.nonce if election.closed_at is not None else ""


@transaction.atomic
def send_shares(election: Election, sealed: Mapping[int, Mapping[int, str]], *, by: Person) -> OpeningProgress:
    """Keep an officer's shares of all envelopes, sealed to each of those who count.

    `sealed` is {position of the contest: {place of the counting officer: compact JWE}}; some contests may come later.
    Sent again they take the place of those before. Refused: `forbidden`, `no_shares` where it is something else.
    """
    election = hold_election(election)
    opening = opening_of(election)
    mine = opening.of(by)
    require(may_open_ballots(election, mine, opening))
    assert mine is not None
    others = {one.place: one.officer for one in opening.counting if one.place != mine.place}
    contests = {tally.contest.position: tally.contest for tally in opening.tallies}
    for position, for_each in sealed.items():
        if position not in contests or not set(for_each) >= set(others):
            raise Refused(_("These are not the shares for all who count in this election."), code="no_shares")
        for place, officer in others.items():
            text = for_each[place]
            if len(text) > LONGEST_SHARES or not JWE.match(text):
                raise Refused(_("These are not sealed shares."), code="no_shares")
            SharesSent.objects.update_or_create(
                contest=contests[position], sender=mine.officer, to=officer, defaults={"sealed": text}
            )
    after = opening_of(election)
    if not mine.has_opened and (now := after.of(by)) is not None and now.has_opened:
        record(BallotsOpened(election.pk), by=by, on=election, within=election.group)
        if after.may_be_counted:
            waiting = [one.officer.person for one in after.counting if not one.has_counted]
            tell(waiting, BallotsCanBeCounted(election))
    return after


@transaction.atomic
def hand_in_rankings(election: Election, found: Mapping[int, Mapping[str, Any]], *, by: Person) -> OpeningProgress:
    """Keep what an officer found in the envelopes of all contests: {position: {rankings, spoilt, digest}}.

    Looked at: that there are as many as envelopes, that each is a ranking of these candidates, that they are sorted,
    and that the digest is theirs. Handed in again it takes the place of what was found before. Once `needed` officers
    found the same in every contest the election is counted; while they do not, everybody is told and nothing goes on.
    Refused: `forbidden`, `no_rankings`, `other_number`.
    """
    election = hold_election(election)
    opening = opening_of(election)
    mine = opening.of(by)
    require(may_count_ballots(election, mine, opening))
    assert mine is not None
    if set(found) != {tally.contest.position for tally in opening.tallies}:
        raise Refused(_("Rankings of all contests are handed in together."), code="no_rankings")
    for tally in opening.tallies:
        tally.contest.election = election
        read = _read_found(tally.contest, found[tally.contest.position])
        RankingsFound.objects.update_or_create(
            contest=tally.contest,
            officer=mine.officer,
            defaults={
                "rankings": [list(ranks) for ranks in read.rankings],
                "spoilt": read.spoilt,
                "digest": read.digest,
                "at": timezone.now(),
            },
        )
    record(BallotsCounted(election.pk, again=mine.has_counted), by=by, on=election, within=election.group)
    return _compare(election, by=by)


def _compare(election: Election, *, by: Person) -> OpeningProgress:
    after = opening_of(election)
    if after.differing:
        contests = [contest.pk for contest in after.differing]
        record(OfficersDisagreed(election.pk, contests), by=by, on=election, within=election.group)
        tell(_watching(election), OfficersFoundDifferent(election))
    if after.is_agreed:
        record(OfficersAgreed(election.pk, after.needed), by=by, on=election, within=election.group)
        with suppress(Refused), transaction.atomic():
            # What officers found stays, whatever stands in the way of counting it; their page then has a button.
            results.count_election(election)  # type: ignore[attr-defined, unused-ignore]
    return after


@transaction.atomic
def count_agreed(election: Election, *, by: Person) -> None:
    """Count what enough officers found, where that was refused before; once counted nothing happens.

    Refused: `forbidden`, `not_agreed`, and what the count refuses, with the reason.
    """
    election = hold_election(election)
    require(is_officer(by, election))
    if election.state != ElectionState.CLOSED or not opening_of(election).is_agreed:
        raise Refused(_("Ballots are counted once enough officers have found the same."), code="not_agreed")
    results.count_election(election)  # type: ignore[attr-defined, unused-ignore]


def _read_found(contest: Contest, said: Mapping[str, Any]) -> Found:
    candidates = sealing_for(contest).candidates
    rankings, spoilt = said.get("rankings"), said.get("spoilt")
    if not isinstance(rankings, list) or type(spoilt) is not int or spoilt < 0:
        raise Refused(_("These are no rankings."), code="no_rankings")
    if not all(_is_ranking(ranks, candidates) for ranks in rankings):
        raise Refused(_("There is something among the rankings that is none of these candidates."), code="no_rankings")
    if len(rankings) + spoilt != SealedBallot.objects.filter(contest=contest).count():
        raise Refused(_("There are not as many rankings as ballots that were cast."), code="other_number")
    found = found_of(rankings, spoilt)
    if [list(ranks) for ranks in found.rankings] != rankings or said.get("digest") != found.digest:
        raise Refused(_("The rankings are not sorted, or were changed on the way."), code="no_rankings")
    return found


def _is_ranking(ranks: object, candidates: int) -> bool:
    return (
        isinstance(ranks, list)
        and len(ranks) == candidates
        and all(type(rank) is int and 0 <= rank <= candidates for rank in ranks)
    )


def _watching(election: Election) -> list[Person]:
    """Officers and monitors who serve."""
    serving = election.officers.filter(state=OfficerState.ACCEPTED).select_related("person")
    return [duty.person for duty in serving]
