"""Who may thank whom, and who decides what becomes of it. Leading a group, or being a steward, adds nothing here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.connections.models.thanks import Thanks
from folkmoot.connections.thankable import Occasion
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.circles import share_a_circle
from folkmoot.people.models import Person, Standing
from folkmoot.people.shown import profile_for


def may_thank(giver: Person, receiver: Person, occasion: Occasion | None = None) -> Verdict:
    """Thank somebody whom one meets: in a group, by a profile that one may see, or at the occasion. Never oneself."""
    if not giver.is_active:
        return no(_("Please sign in to thank somebody."))
    if giver == receiver:
        return no(_("That is you. Be kind to yourself in another way."))
    met = occasion is not None and receiver.pk in occasion.done_by
    if receiver.standing == Standing.ACTIVE and (
        met or share_a_circle(giver, receiver) or profile_for(receiver, giver) is not None
    ):
        return YES
    return no(_("You can thank people of your groups, and those whose profile you may see."))


def may_take_back(actor: Person, thanks: Thanks) -> Verdict:
    """Take a thanks back: whoever said it."""
    return YES if thanks.giver_id == actor.pk else no(_("Only whoever said a thanks takes it back."))


def may_say_who_sees(actor: Person, thanks: Thanks) -> Verdict:
    """Show a thanks or remove it: whoever it was said to."""
    return YES if thanks.receiver_id == actor.pk else no(_("Only whoever was thanked says who sees it."))
