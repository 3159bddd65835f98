"""Casting ballots, and replacing them where an election lets voters do so.

Nothing is told to the ledger, nobody gets a notice and no time is kept: whoever reads the database afterwards finds
that somebody voted, and envelopes, and nothing between them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.domain.sealed.envelopes import Envelope, read_envelope
from folkmoot.governance.models.ballots import SealedBallot, Turnout
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.ballots import has_voted, voters_for
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.governance.rules.ballots import takes_ballots
from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person

Clock = Callable[[], datetime]
_HASH: Final = re.compile("[0-9a-f]{64}")
SHORTEST_SECRET: Final = 22
"""So many letters of base64url are 132 bits."""


def cast_ballots(
    election: Election,
    envelopes: Mapping[int, str],
    *,
    by: Person,
    voter: Voter | None = None,
    secret_hashes: Mapping[int, str] | None = None,
    clock: Clock = timezone.now,
) -> dict[int, str]:
    """Cast the ballots of all contests of an election at once, and give their receipts by contest.

    `envelopes` are texts by the contest's primary key, one for each. `voter` is for whom, else oneself. Where ballots
    may be replaced, `secret_hashes` are what `secret_hash` makes of the voter's secret for each contest.
    Refused: `forbidden`, `closed`, `voted_already`, `invalid` (a ballot is missing), and all of `read_envelope`.
    """
    own = [one for one in voters_for(by, election) if voter is None or one.pk == voter.pk]
    if not own:
        raise Refused(_("You are not on the roll of this election, so there is no ballot for you."), code="forbidden")
    read = _read(election, envelopes)
    hashes = _hashes(election, read, secret_hashes or {})
    try:
        _write(election, own[0], read, hashes, clock)
    except IntegrityError:
        # The row of the election keeps two from coming at once; the constraints stand behind it.
        if Turnout.objects.filter(voter=own[0]).exists():
            raise _voted_already() from None
        raise _handed_in_before() from None
    return {contest.pk: envelope.receipt for contest, envelope in read}


@transaction.atomic
def _write(
    election: Election, voter: Voter, read: list[tuple[Contest, Envelope]], hashes: Mapping[int, str], clock: Clock
) -> None:
    """Turnout and envelopes in one transaction, with the row of the election held.

    The clock is asked once more as the last thing: the row is still held, so voting cannot be closed in between, and
    what was begun in time and comes late is not written.
    """
    held = hold_election(election)
    _require_open(held, clock())
    _write_turnout(held, voter)
    _write_ballots(read, hashes)
    _require_open(held, clock())


def replace_ballots(
    election: Election, secret: str, envelopes: Mapping[int, str], *, clock: Clock = timezone.now
) -> dict[int, str]:
    """Put other envelopes in place of those that were cast with this secret, and give their receipts by contest.

    Nobody is asked who they are: whoever has the secret has the ballots. Refused: `final` where ballots stay as they
    are, `closed`, `wrong_secret`, `invalid`, and all of `read_envelope`.
    """
    if election.is_final:
        raise Refused(_("In this election a ballot that was cast stays as it is."), code="final")
    read = _read(election, envelopes)
    try:
        _exchange(election, secret, read, clock)
    except IntegrityError:
        raise _handed_in_before() from None
    return {contest.pk: envelope.receipt for contest, envelope in read}


@transaction.atomic
def _exchange(election: Election, secret: str, read: list[tuple[Contest, Envelope]], clock: Clock) -> None:
    """The old envelopes go and the new ones come under numbers of their own, while the row of the election is held."""
    held = hold_election(election)
    _require_open(held, clock())
    hashes = {contest.pk: secret_hash(contest, secret) for contest, _envelope in read}
    known = hashes.values() if len(secret) >= SHORTEST_SECRET else ()
    before = SealedBallot.objects.filter(contest__in=hashes, secret_hash__in=known)
    if before.count() != len(read):
        raise Refused(_("No ballot was cast with this secret."), code="wrong_secret")
    before.delete()
    _write_ballots(read, hashes)
    _require_open(held, clock())


def secret_hash(contest: Contest, secret: str) -> str:
    """What is kept of a voter's secret in one contest, unlike in each, so that it joins no ballots of one voter."""
    return hashlib.sha256(f"{contest.position}.{secret}".encode()).hexdigest()


def hold_election(election: Election) -> Election:
    """The election's row, held until the end of the transaction; whoever opens or closes voting holds it too."""
    return Election.objects.select_for_update().defer("frozen").get(pk=election.pk)


def _read(election: Election, envelopes: Mapping[int, str]) -> list[tuple[Contest, Envelope]]:
    """Each contest with its envelope, looked at from outside, before anything is held."""
    contests = list(election.contests.all())
    if not contests or set(envelopes) != {contest.pk for contest in contests}:
        raise Refused(_("A ballot is missing. Please open the page of your ballot once more."), code="invalid")
    read = []
    for contest in contests:
        contest.election = election
        read.append((contest, read_envelope(envelopes[contest.pk], sealing_for(contest))))
    return read


def _hashes(election: Election, read: list[tuple[Contest, Envelope]], given: Mapping[int, str]) -> dict[int, str]:
    if election.is_final:
        return {}
    hashes = {contest.pk: given.get(contest.pk, "") for contest, _envelope in read}
    if not all(_HASH.fullmatch(one) for one in hashes.values()):
        raise Refused(_("The secret is missing. Please open the page of your ballot once more."), code="invalid")
    return hashes


def _require_open(election: Election, now: datetime) -> None:
    verdict = takes_ballots(election, now)
    if not verdict:
        raise Refused(verdict.reason, code="closed")


def _write_turnout(election: Election, voter: Voter) -> None:
    if has_voted(voter):
        raise _voted_already()
    Turnout.objects.create(election=election, voter=voter)


def _write_ballots(read: list[tuple[Contest, Envelope]], hashes: Mapping[int, str]) -> None:
    SealedBallot.objects.bulk_create(
        SealedBallot(
            contest=contest,
            envelope=envelope.text,
            receipt=envelope.receipt,
            secret_hash=hashes.get(contest.pk, ""),
        )
        for contest, envelope in read
    )


def _voted_already() -> Refused:
    return Refused(_("A ballot was cast already, and counts."), code="voted_already")


def _handed_in_before() -> Refused:
    return Refused(_("This very envelope was handed in before."), code="twice")
