"""Who may do what with decisions."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Objection
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward
from folkmoot.plan.goal_rules import may_see_inside

Asking: TypeAlias = "Actor | AnonymousUser | None"


def may_record_decision(actor: Asking, group: Group) -> Verdict:
    """Write down what was decided, and correct what is said of it: those who lead the group."""
    return may_manage(actor, group)


def may_see_decision(actor: Asking, decision: Decision) -> Verdict:
    """Read a decision: everybody, unless it is for people in the group alone."""
    if not decision.is_inside or leads(actor, decision.group):
        return YES
    return may_see_inside(actor, decision.group)


def may_propose_decision(actor: Asking, group: Group) -> Verdict:
    """Lay a decision before the group: whoever contributes to it or leads it."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE, Power.TAKE_PART):
        return is_open_for_work(group)
    return no(_("Decisions are proposed by those who contribute to %(group)s.") % {"group": group.name})


def proposed_it(actor: Asking, decision: Decision) -> bool:
    """Whether somebody proposed a decision and is still there to speak for it."""
    return (
        isinstance(actor, Person)
        and actor.is_active
        and decision.proposed_by_id == actor.pk
        and has_power(actor, decision.group)
    )


def may_steer_decision(actor: Asking, decision: Decision) -> Verdict:
    """Change a proposal, answer objections, withdraw it: whoever proposed it, and those who lead the group."""
    if proposed_it(actor, decision) or leads(actor, decision.group):
        return is_open_for_work(decision.group)
    return no(_("Only whoever proposed this, or a manager of %(group)s, may do this.") % {"group": decision.group.name})


def may_object(actor: Asking, decision: Decision) -> Verdict:
    """Object to a text, or say yes to it: whoever contributes to the group or leads it."""
    if has_power(actor, decision.group, Power.MANAGE, Power.TAKE_PART):
        return is_open_for_work(decision.group)
    return no(
        _("Objections are for those who contribute to %(group)s; tell one of them what worries you.")
        % {"group": decision.group.name}
    )


def may_take_back(actor: Asking, objection: Objection) -> Verdict:
    """Take an objection back: whoever raised it."""
    if isinstance(actor, Person) and actor.is_active and objection.by_id == actor.pk:
        return YES
    return no(_("Only whoever objected may take the objection back."))
