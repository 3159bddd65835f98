"""The officers' keys: given, read aloud, rehearsed with invented ballots, lost. No private part ever comes here."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.elections import hold_election
from folkmoot.governance.domain.freezing import print_of
from folkmoot.governance.domain.officer_keys import public_pair
from folkmoot.governance.domain.sealed.envelopes import Sealing, seal
from folkmoot.governance.facts.officers import KeyFound, KeyLost, KeysGiven, KeysRehearsed, PrintWasHeard
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import ElectionOfficer, OfficerKey, PrintHeard, Rehearsal, RehearsalShares
from folkmoot.governance.notices.officers import KeyIsFound, KeyIsLost
from folkmoot.governance.queries.officers import KeyLine, rehearsal_of, team_of, those_who_look_after
from folkmoot.governance.rules.officers import keys_matter, may_change_keys
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

INVENTED: Final = 3
"""How many ballots are invented for a rehearsal, each ranking as many candidates."""
LONGEST_SHARES: Final = 8_000


@transaction.atomic
def give_keys(officer: ElectionOfficer, opening: Mapping[str, Any], signing: Mapping[str, Any], *, by: Person) -> str:
    """Give the public parts of new keys, in place of the ones before: nobody has heard their fingerprint yet, and
    nothing is rehearsed with them. Returns the fingerprint.

    Refused `private_key` before anything is kept, `no_key`, `key_taken`, `forbidden`.
    """
    pair = public_pair(opening, signing)
    officer = _hold(officer, by)
    require(may_change_keys(officer))
    election, print_ = officer.election, print_of(*pair)
    OfficerKey.objects.filter(officer=officer).delete()
    Rehearsal.objects.filter(election=election).delete()
    taken = OfficerKey.objects.filter(officer__election=election, opening=pair[0]) | OfficerKey.objects.filter(
        print_of=print_
    )
    if taken.exists():
        raise Refused(_("These keys are used already. Please make new ones."), code="key_taken")
    OfficerKey.objects.create(officer=officer, opening=pair[0], signing=pair[1], print_of=print_)
    record(KeysGiven(election_id=election.pk, print_of=print_), by=by, about=by, on=election, within=election.group)
    return print_


@transaction.atomic
def hear_print(key: OfficerKey, *, by: Person) -> None:
    """Confirm that another officer read this fingerprint aloud, and that it is the same here. Twice is once.

    Refused `forbidden`, `own_print`, `key_changed` where that officer has made other keys meanwhile.
    """
    officer, election = _own(key.officer.election, by)
    require(may_change_keys(officer))
    held = OfficerKey.objects.filter(pk=key.pk, print_of=key.print_of).select_related("officer__person").first()
    if held is None or not held.officer.is_serving:
        raise Refused(_("These keys were changed. Please listen to the new fingerprint."), code="key_changed")
    if held.officer_id == officer.pk:
        raise Refused(_("This is your own fingerprint: the others confirm it."), code="own_print")
    _heard, is_new = PrintHeard.objects.get_or_create(key=held, by=officer)
    if is_new:
        fact = PrintWasHeard(election_id=election.pk, print_of=held.print_of)
        record(fact, by=by, about=held.officer.person, on=election, within=election.group)


@transaction.atomic
def say_key_lost(officer: ElectionOfficer, *, by: Person) -> None:
    """Say that one has lost the file or the passphrase: all who look after the election learn what that means.

    Twice is once. Refused `forbidden`, `no_key`.
    """
    election = _note_lost(officer, timezone.now(), by)
    if election is None:
        return
    if not election.is_frozen:
        Rehearsal.objects.filter(election=election).delete()
    left = len(team_of(election).openers)
    fact = KeyLost(election_id=election.pk, left=left, needed=election.needed)
    record(fact, by=by, about=by, on=election, within=election.group)
    tell(those_who_look_after(election, but=by), KeyIsLost(election, by.name, left, election.needed))


@transaction.atomic
def say_key_found(officer: ElectionOfficer, *, by: Person) -> None:
    """Say that one has the file and its passphrase again; all who look after the election are told. Twice is once.

    Refused `forbidden`, `no_key`.
    """
    election = _note_lost(officer, None, by)
    if election is None:
        return
    left = len(team_of(election).openers)
    fact = KeyFound(election_id=election.pk, left=left, needed=election.needed)
    record(fact, by=by, about=by, on=election, within=election.group)
    tell(those_who_look_after(election, but=by), KeyIsFound(election, by.name, left, election.needed))


@transaction.atomic
def begin_rehearsal(election: Election, *, by: Person) -> Rehearsal:
    """Invent ballots and seal them to all keys that are there, so that everybody opens them.

    A rehearsal that fits these keys already is kept.

    Refused `forbidden`, `too_few_keys`.
    """
    officer, election = _own(election, by)
    require(may_change_keys(officer))
    team = team_of(election)
    if not team.can_open:
        raise Refused(
            _("There are too few keys to open a ballot with. Please wait for the others."), code="too_few_keys"
        )
    present = rehearsal_of(election, team)
    if present is not None:
        return present
    Rehearsal.objects.filter(election=election).delete()
    OfficerKey.objects.filter(officer__election=election).update(rehearsed_at=None)
    contest = hashlib.sha256(b"folkmoot-rehearsal-1\n" + secrets.token_bytes(16)).digest()
    keys = tuple(line.key.opening for line in team.openers if line.key is not None)
    sealing = Sealing(contest=contest, officers=keys, needed=team.needed, candidates=INVENTED)
    rankings = [_invented() for _ballot in range(INVENTED)]
    return Rehearsal.objects.create(
        election=election,
        contest=contest.hex(),
        prints=team.prints,
        needed=team.needed,
        envelopes=[seal(ranks, sealing).text for ranks in rankings],
        rankings=rankings,
    )


@transaction.atomic
def rehearse(
    rehearsal: Rehearsal, shares: Mapping[int, str], rankings: Sequence[Sequence[int]] | None, *, by: Person
) -> bool:
    """One officer's browser opened their shares of the invented ballots.

    `shares` are these, sealed to each of the other officers, by the number of their row; `rankings` what it found with
    the shares of enough others, None where too few have sent theirs yet. Returns whether the ballots were read.

    Refused `rehearsal_changed`, `forbidden`, `invalid`, `other_rankings`.
    """
    officer, election = _own(rehearsal.election, by)
    require(may_change_keys(officer))
    team = team_of(election)
    held = rehearsal_of(election, team)
    mine = team.line_of(by)
    if held is None or held.pk != rehearsal.pk or mine is None or mine.key is None or not mine.opens:
        raise Refused(_("The keys were changed meanwhile. Please begin the rehearsal again."), code="rehearsal_changed")
    others = {line.officer.pk: line for line in team.openers if line.officer.pk != officer.pk}
    if set(shares) != set(others) or not all(_is_sealed(text) for text in shares.values()):
        raise Refused(_("This is not what the page sends. Please load it again."), code="invalid")
    if rankings is not None and sorted(map(list, rankings)) != sorted(held.rankings):
        raise Refused(
            _("Other rankings were found than were sealed. Please make the keys anew, and do not open the voting yet."),
            code="other_rankings",
        )
    _keep_shares(held, officer, shares, others)
    now = timezone.now()
    mine.key.rehearsed_at = now
    mine.key.save(update_fields=["rehearsed_at"])
    if rankings is not None and held.opened_at is None:
        held.opened_at = now
        held.save(update_fields=["opened_at"])
    fact = KeysRehearsed(election_id=election.pk, is_whole=rankings is not None)
    record(fact, by=by, about=by, on=election, within=election.group)
    return rankings is not None


def shares_for(rehearsal: Rehearsal, officer: ElectionOfficer) -> dict[int, str]:
    """What other officers have sent to one, by the number of the sender's row."""
    return dict(RehearsalShares.objects.filter(rehearsal=rehearsal, to=officer).values_list("sender_id", "sealed"))


def _keep_shares(
    rehearsal: Rehearsal, officer: ElectionOfficer, shares: Mapping[int, str], others: Mapping[int, KeyLine]
) -> None:
    RehearsalShares.objects.filter(rehearsal=rehearsal, sender=officer).delete()
    RehearsalShares.objects.bulk_create(
        RehearsalShares(rehearsal=rehearsal, sender=officer, to=others[pk].officer, sealed=text)
        for pk, text in shares.items()
    )


def _invented() -> list[int]:
    ranks = list(range(1, INVENTED + 1))
    secrets.SystemRandom().shuffle(ranks)
    return ranks


def _is_sealed(text: str) -> bool:
    """Whether it looks as a compact JWE does, so that it is not a share in the clear."""
    return len(text) <= LONGEST_SHARES and text.count(".") == 4 and text.isascii()


def _own(election: Election, by: Person) -> tuple[ElectionOfficer, Election]:
    """The duty of whoever acts, under the lock of the election."""
    election = hold_election(election)
    officer = election.officers.filter(person=by).first()
    if officer is None:
        raise Refused(_("Only the officers of this election may do this."), code="forbidden")
    officer.election = election
    return officer, election


def _hold(officer: ElectionOfficer, by: Person) -> ElectionOfficer:
    held, _election = _own(officer.election, by)
    if held.pk != officer.pk:
        raise Refused(_("These are the keys of somebody else."), code="forbidden")
    return held


def _note_lost(officer: ElectionOfficer, lost_at: datetime | None, by: Person) -> Election | None:
    """Write down since when one's key is lost, None for not; returns the held election, None where it is so already."""
    officer = _hold(officer, by)
    require(keys_matter(officer.election))
    key = OfficerKey.objects.filter(officer=officer).first()
    if key is None:
        raise Refused(_("You have no keys in this election."), code="no_key")
    if (key.lost_at is None) == (lost_at is None):
        return None
    key.lost_at = lost_at
    key.save(update_fields=["lost_at"])
    return officer.election
