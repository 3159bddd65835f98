"""Who looks after an election, and when that may change. Nobody is officer and candidate of the same election."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.rules.elections import is_about, may_prepare
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

IN_THE_RUNNING = (NominationState.PROPOSED, NominationState.STANDING)


def is_in_conflict(person: Person, election: Election) -> bool:
    """Whether somebody took a duty in an election, so that they cannot stand in it before they give it back."""
    return election.officers.filter(person=person, state=OfficerState.ACCEPTED).exists()


def may_stand_beside_duty(person: Person, election: Election) -> Verdict:
    """Whether a duty lets somebody stand; the same as `is_in_conflict`, with words for them."""
    if not is_in_conflict(person, election):
        return YES
    return no(_("You look after this election. Give that back first: nobody is officer and candidate."))


def may_be_officer(person: Person, election: Election) -> Verdict:
    """Whether somebody may look after an election: whoever is not nominated in it, and whom it is not about."""
    if not person.is_active:
        return no(_("This person cannot be asked."))
    if is_about(person, election):
        return no(_("This vote is about %(name)s, so others look after it.") % {"name": person.name})
    if Nomination.objects.filter(contest__election=election, person=person, state__in=IN_THE_RUNNING).exists():
        return no(
            _("%(name)s is nominated in this election. Whoever stands cannot look after it.") % {"name": person.name}
        )
    return YES


def may_appoint(actor: Actor | AnonymousUser | None, election: Election) -> Verdict:
    """Ask people to look after an election: whoever prepares it and does not stand in it, until voting opens."""
    verdict = may_prepare(actor, election)
    if verdict and isinstance(actor, Person) and not may_be_officer(actor, election):
        return no(_("You are nominated in this election. Please let somebody else choose who looks after it."))
    return verdict


def may_change_duty(officer: ElectionOfficer) -> Verdict:
    """Whether a duty may still be taken or given back: an officer to whose key ballots are sealed stays one."""
    if officer.election.state == ElectionState.CANCELLED:
        return no(_("This election was cancelled."))
    if officer.election.is_frozen and officer.duty == Duty.OFFICER:
        return no(
            _("Voting has begun and ballots are sealed to the officers’ keys, so officers cannot change any more.")
        )
    return YES


def may_change_keys(officer: ElectionOfficer) -> Verdict:
    """Whether an officer may give keys: whoever accepted, until voting opens."""
    if officer.duty != Duty.OFFICER or not officer.is_serving:
        return no(_("Only the officers of this election have keys."))
    if officer.election.is_frozen or officer.election.state == ElectionState.CANCELLED:
        return no(_("Voting has begun and ballots are sealed to the keys, so no key can change any more."))
    return YES


def keys_matter(election: Election) -> Verdict:
    """Whether it matters who can open ballots: until they are counted."""
    if election.state in (ElectionState.DRAFT, ElectionState.ANNOUNCED, ElectionState.OPEN, ElectionState.CLOSED):
        return YES
    return no(_("The keys of this election are no longer needed."))


def advice_on(needed: int, officers: int) -> str:
    """What it means that so many of so many officers open the ballots, in a sentence or two."""
    if needed == 1:
        return _(
            "One officer alone can open every ballot, so all voters trust one person. Two of three, or three of five, "
            "is better."
        )
    if needed > officers:
        return ngettext(
            "There is one officer so far, and %(needed)d are needed.",
            "There are %(officers)d officers so far, and %(needed)d are needed.",
            officers,
        ) % {"officers": officers, "needed": needed}
    if needed == officers:
        return _("All officers are needed. If one of them loses a key, the ballots can never be opened.")
    return ngettext(
        "%(needed)d of %(officers)d officers together open the ballots. One key may be lost, and no ballot is.",
        "%(needed)d of %(officers)d officers together open the ballots. %(spare)d keys may be lost, and no ballot is.",
        officers - needed,
    ) % {"needed": needed, "officers": officers, "spare": officers - needed}
