"""What stewards and new people are told when people, the room below, tells a fact."""

from __future__ import annotations

from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.notices.actions import tell
from folkmoot.notices.notices import LetIn, PersonWaiting
from folkmoot.people.facts import SignUpHeld, SignUpLetIn
from folkmoot.people.models import HeldSignUp
from folkmoot.people.queries import stewards


@reacts_to(SignUpHeld)
def tell_stewards(entry: Entry) -> None:
    """Tell all stewards, once, unless one of them was quicker."""
    held = HeldSignUp.objects.select_related("person").filter(person=entry.about_id, outcome="").first()
    if held is not None:
        reason = str(held.get_reason_display())
        tell(stewards(), PersonWaiting(person_id=held.person_id, name=held.person.name, reason=reason))


@reacts_to(SignUpLetIn)
def tell_new_person(entry: Entry) -> None:
    """Tell whoever was let in that the door is open."""
    held = HeldSignUp.objects.select_related("person").filter(person=entry.about_id).first()
    if held is not None and held.person.is_active:
        tell([held.person], LetIn(person_id=held.person_id))
