"""Standing by a candidate, and no longer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from folkmoot.governance.actions.nominations_holding import hold_nomination, within
from folkmoot.governance.facts.nominations import CandidateEndorsed, EndorsementTakenBack
from folkmoot.governance.models.nominations import LONGEST_AFFILIATION, LONGEST_WHY, Endorsement, Nomination
from folkmoot.governance.notices.nominations import EndorsementsComplete
from folkmoot.governance.queries.nominations import endorsed
from folkmoot.governance.rules.nominations import may_endorse
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person


@transaction.atomic
def endorse(nomination: Nomination, affiliation: str, words: str = "", *, by: Person) -> Endorsement:
    """Stand by a candidate, for an affiliation; done again, it changes what one said.

    The candidate is told once it is enough. Refused `forbidden`, and `invalid` with params `field`.
    """
    held = hold_nomination(nomination)
    require(may_endorse(by, held, timezone.now()))
    given = {
        "affiliation": plain_name(within(affiliation, LONGEST_AFFILIATION, "affiliation")),
        "words": within(words, LONGEST_WHY, "words"),
    }
    endorsement, is_new = Endorsement.objects.update_or_create(nomination=held, person=by, defaults=given)
    if is_new:
        record(CandidateEndorsed(held.pk), by=by, about=held.person, on=held, within=held.contest.election.group)
    if held.person is not None and held.contest.endorsements and endorsed(held).is_enough:
        tell([held.person], EndorsementsComplete(held))
    return endorsement


@transaction.atomic
def take_endorsement_back(nomination: Nomination, *, by: Person) -> None:
    """Stand by somebody no longer, while endorsements are taken. Without one nothing happens. Refused `forbidden`."""
    held = hold_nomination(nomination)
    require(may_endorse(by, held, timezone.now()))
    gone, _each = held.endorsements.filter(person=by).delete()
    if gone:
        record(EndorsementTakenBack(held.pk), by=by, about=held.person, on=held, within=held.contest.election.group)
