"""Who may do what about newcomers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.connections.models.newcomers import BuddyPair, Newcomer, NewcomerCheckIn, PairState
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.models import Person
from folkmoot.plan.rules import Who


def may_care_for_newcomers(actor: Who, group: Group) -> Verdict:
    """Decide how newcomers are met, say yes to a buddy, choose small tasks: whoever leads the group."""
    return may_manage(actor, group)


def may_see_newcomers(actor: Who, group: Group) -> Verdict:
    """The page of those who welcome: whoever contributes to the group, of whom a buddy sees whom they welcome."""
    if leads(actor, group) or has_power(actor, group, Power.MANAGE, Power.TAKE_PART):
        return YES
    return no(_("Those who contribute to %(group)s welcome its newcomers.") % {"group": group.name})


def may_say_hello(actor: Who, newcomer: Newcomer) -> Verdict:
    """Say that somebody was greeted: whoever leads the group, and the newcomer's buddy."""
    if isinstance(actor, Person) and actor.pk == newcomer.person_id:
        return no(_("Somebody else says hello to you."))
    if may_manage(actor, newcomer.group):
        return YES
    if isinstance(actor, Person) and newcomer.pairs.filter(buddy=actor, state=PairState.RUNNING).exists():
        return is_open_for_work(newcomer.group)
    return no(_("Their buddy, and those who lead the group, say hello here."))


def may_ask_for_another(actor: Who, newcomer: Newcomer) -> Verdict:
    """Have another buddy: the newcomer alone."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == newcomer.person_id:
        return is_open_for_work(newcomer.group)
    return no(_("Only whoever was welcomed may ask for somebody else."))


def may_hand_back(actor: Who, pair: BuddyPair) -> Verdict:
    """Be somebody's buddy no longer: the buddy alone."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == pair.buddy_id:
        return YES
    return no(_("Only the buddy may hand this back."))


def may_answer_check_in(actor: Who, check_in: NewcomerCheckIn) -> Verdict:
    """Say how it goes: whoever was asked, while they take part in the group."""
    newcomer = check_in.newcomer
    if isinstance(actor, Person) and actor.is_active and actor.pk == newcomer.person_id:
        return YES if newcomer.left_at is None else no(_("You are no longer in this group; nothing is asked of you."))
    return no(_("This question is between others."))


def reads_answer(actor: Who, check_in: NewcomerCheckIn, *, leads_group: bool) -> bool:
    """Whether somebody reads an answer: the buddy of that time, and managers unless it is for the buddy alone.

    `leads_group` says whether they hold a managing role; a steward who does not reads none.
    """
    if isinstance(actor, Person) and check_in.buddy_id == actor.pk:
        return True
    return leads_group and not check_in.only_buddy
