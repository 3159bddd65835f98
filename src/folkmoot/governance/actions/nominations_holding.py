"""Holding who stands while it changes, and how nominations end; what several actions share."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.facts.nominations import CandidateFoundIneligible, NominationLapsed
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.notices.nominations import FoundIneligible, NominationLapsedNow
from folkmoot.governance.queries.elections import officers_serving
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person


def hold(contest: Contest) -> Contest:
    """The contest with its election as it is now; nobody else changes who stands, nor freezes it, until this
    transaction ends."""
    election = (
        Election.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group")
        .get(pk=contest.election_id)
    )
    held = Contest.objects.get(pk=contest.pk)
    held.election = election
    return held


def hold_nomination(nomination: Nomination) -> Nomination:
    """The nomination as it is now, in its held contest. Refused `gone` where somebody took it away."""
    contest = hold(nomination.contest)
    held = Nomination.objects.select_related("person").filter(pk=nomination.pk).first()
    if held is None:
        raise Refused(_("This nomination is not there any more."), code="gone")
    held.contest = contest
    return held


def lapse(held: Nomination) -> None:
    """End a held nomination that nobody answered, and tell whoever it was."""
    held.state, held.ended_at = NominationState.LAPSED, timezone.now()
    held.save(update_fields=["state", "ended_at"])
    record(NominationLapsed(held.pk), by=system(), about=held.person, on=held, within=held.contest.election.group)
    if held.person is not None:
        tell([held.person], NominationLapsedNow(held))


def end_as_ineligible(held: Nomination, why: str, *, by: Person | None, may_appeal: bool) -> None:
    """End a held nomination of somebody who may not stand, and tell them why; without `by`, the criteria say so."""
    held.state, held.ended_at, held.why_ended = NominationState.INELIGIBLE, timezone.now(), why
    held.save(update_fields=["state", "ended_at", "why_ended"])
    record(
        CandidateFoundIneligible(held.pk),
        by=by or system(),
        about=held.person,
        on=held,
        within=held.contest.election.group,
    )
    if held.person is not None:
        tell([held.person], FoundIneligible(held, why, may_appeal=may_appeal))


def officers_of(election: Election) -> list[Person]:
    return [officer.person for officer in officers_serving(election)]


def within(text: str, longest: int, field: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if len(words) > longest:
        raise Refused(
            _("Please say it in %(count)d characters at most.") % {"count": longest}, code="invalid", field=field
        )
    return words
