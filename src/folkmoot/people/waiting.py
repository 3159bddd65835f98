"""Sign-ups that wait for a steward: why they do, and letting them in or turning them away.

A person who waits can confirm their address and is then told that somebody will look; nobody is signed in before.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.people.facts import SignUpHeld, SignUpLetIn, SignUpTurnedAway
from folkmoot.people.guards import limited
from folkmoot.people.models import HeldSignUp, Person
from folkmoot.people.rules import may_run_the_installation


def reason_to_hold(request: HttpRequest, email: str) -> str:
    """Why a sign-up waits, as a value of `HeldSignUp.Reason`, or an empty text; counts it for its network."""
    is_crowd = limited(request, "sign-ups", f"{settings.SIGN_UPS_AN_HOUR}/h")
    domain = email.rpartition("@")[2].lower()
    if any(fnmatchcase(domain, pattern.lower()) for pattern in settings.HELD_MAIL_DOMAINS):
        return HeldSignUp.Reason.MAIL_DOMAIN
    return HeldSignUp.Reason.NETWORK if is_crowd else ""


@transaction.atomic
def hold_if_suspicious(request: HttpRequest, person: Person) -> bool:
    """Let a person who has just signed up wait, if there is a reason to; says whether they do."""
    reason = reason_to_hold(request, person.email or "")
    if reason:
        hold(person, reason)
    return bool(reason)


@transaction.atomic
def hold(person: Person, reason: str) -> HeldSignUp:
    """Let somebody wait; `reason` is a value of `HeldSignUp.Reason`."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    held = HeldSignUp.objects.create(person=person, reason=reason)
    record(SignUpHeld(reason=reason, name=person.name), by=system(), about=person, on=person)
    return held


def is_waiting(person: Person) -> bool:
    """Whether a person waits for a steward's answer."""
    return not person.is_active and HeldSignUp.objects.filter(person=person, outcome="").exists()


@transaction.atomic
def let_in(held_id: int, *, by: Actor) -> Person:
    """Open the account of somebody who waits, or of somebody who was turned away; done twice, it is told once."""
    require(may_run_the_installation(by))
    held = _locked(held_id)
    person = held.person
    if held.outcome != HeldSignUp.Outcome.LET_IN:
        _decide(held, HeldSignUp.Outcome.LET_IN, by)
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(SignUpLetIn(name=person.name), by=by, about=person, on=person)
    return person


@transaction.atomic
def turn_away(held_id: int, *, by: Actor) -> Person:
    """Leave the account closed; Refused `let_in` when somebody else has opened it meanwhile."""
    require(may_run_the_installation(by))
    held = _locked(held_id)
    if held.outcome == HeldSignUp.Outcome.LET_IN:
        raise Refused(_("Another steward has let this person in meanwhile."), code="let_in")
    if not held.outcome:
        _decide(held, HeldSignUp.Outcome.TURNED_AWAY, by)
        record(SignUpTurnedAway(name=held.person.name), by=by, about=held.person, on=held.person)
    return held.person


def _locked(held_id: int) -> HeldSignUp:
    held = HeldSignUp.objects.select_for_update().select_related("person").filter(pk=held_id).first()
    if held is None:
        raise Refused(_("Nobody waits here."), code="not_found")
    if held.person.merged_into_id is not None:
        raise Refused(_("This record was merged into another one."), code="merged")
    return held


def _decide(held: HeldSignUp, outcome: str, by: Actor) -> None:
    held.outcome = outcome
    held.decided_at = timezone.now()
    held.decided_by = by if isinstance(by, Person) else None
    held.save(update_fields=["outcome", "decided_at", "decided_by"])
