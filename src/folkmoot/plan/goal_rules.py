"""Who may do what with initiatives, goals, activities, registers and reports."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import Goal, Initiative, KeyResult, Report, Risk, YearActivity

Asking: TypeAlias = "Actor | AnonymousUser | None"


def may_propose_initiative(actor: Asking, group: Group) -> Verdict:
    """Propose: whoever contributes to the group or leads it."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE, Power.TAKE_PART):
        return is_open_for_work(group)
    return no(_("Only those who take part in %(group)s may propose an initiative.") % {"group": group.name})


def may_see_initiative(actor: Asking, initiative: Initiative) -> Verdict:
    """Everybody sees what was accepted; proposals are for people in the group."""
    if initiative.stage != Stage.PROPOSED:
        return YES
    return may_see_inside(actor, initiative.group)


def may_change_initiative(actor: Asking, initiative: Initiative) -> Verdict:
    """Words, helpers, updates and later stages: who leads it, and who leads the group."""
    leads_it = _is(actor, initiative.lead_id, initiative.group) and initiative.stage != Stage.PROPOSED
    if leads_it or leads(actor, initiative.group):
        return is_open_for_work(initiative.group)
    if initiative.stage == Stage.PROPOSED:
        return no(_("Only a manager of %(group)s may accept or change a proposal.") % {"group": initiative.group.name})
    return no(
        _("Only who leads this initiative, or a manager of %(group)s, may change it.")
        % {"group": initiative.group.name}
    )


def may_set_goals(actor: Asking, group: Group) -> Verdict:
    """Set, change and close goals: those who lead the group."""
    return may_manage(actor, group)


def may_check_in(actor: Asking, goal: Goal) -> Verdict:
    """Say how a goal goes: who owns it or one of its key results, and those who lead the group."""
    if goal.closed_at is not None:
        return no(_("This goal is closed, with its final values."))
    owners = {goal.owner_id, *goal.key_results.values_list("owner_id", flat=True)}
    if any(_is(actor, owner, goal.group) for owner in owners) or leads(actor, goal.group):
        return is_open_for_work(goal.group)
    return no(
        _("Only who looks after this goal, or a manager of %(group)s, may check in on it.") % {"group": goal.group.name}
    )


def may_note_value(actor: Asking, key_result: KeyResult) -> Verdict:
    """Enter a value: as for a check-in."""
    return may_check_in(actor, key_result.goal)


def may_move_activity(actor: Asking, activity: YearActivity) -> Verdict:
    """Say how far an activity has come: who looks after it, and those who lead the group."""
    if _is(actor, activity.owner_id, activity.group) or leads(actor, activity.group):
        return is_open_for_work(activity.group)
    return no(
        _("Only who looks after this, or a manager of %(group)s, may change it.") % {"group": activity.group.name}
    )


def may_see_inside(actor: Asking, group: Group) -> Verdict:
    """What is for people in the group: proposals and risks."""
    if is_steward(actor) or has_power(actor, group):
        return YES
    return no(_("This is for people in %(group)s.") % {"group": group.name})


def may_keep_risks(actor: Asking, group: Group) -> Verdict:
    """Enter a risk: whoever contributes to the group or leads it."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE, Power.TAKE_PART):
        return is_open_for_work(group)
    return no(_("Only those who take part in %(group)s may enter a risk.") % {"group": group.name})


def may_change_risk(actor: Asking, risk: Risk) -> Verdict:
    """Change a risk: who looks after it, and those who lead the group."""
    if _is(actor, risk.owner_id, risk.group) or leads(actor, risk.group):
        return is_open_for_work(risk.group)
    return no(
        _("Only who looks after this risk, or a manager of %(group)s, may change it.") % {"group": risk.group.name}
    )


def may_keep_stakeholders(actor: Asking, group: Group) -> Verdict:
    """Change the list of stakeholders: those who lead the group."""
    return may_manage(actor, group)


def may_read_stakeholders(actor: Asking, group: Group) -> Verdict:
    """Read the list, and take people off it: those who lead the group, also once it is closed."""
    return leads(actor, group)


def may_write_report(actor: Asking, group: Group) -> Verdict:
    """Draft, edit and publish: those who lead the group."""
    return may_manage(actor, group)


def may_read_report(actor: Asking, report: Report) -> Verdict:
    """A draft is for its writers; a published one for all, or for those who lead this group or one above it."""
    if leads(actor, report.group):
        return YES
    if report.published_at is not None and (report.is_public or leads_above(actor, report.group)):
        return YES
    return no(_("This report is for those who lead %(group)s.") % {"group": report.group.name})


def leads_above(actor: Asking, group: Group) -> bool:
    """Whether someone leads the group that a group answers to."""
    return group.parent is not None and has_power(actor, group.parent, Power.MANAGE)


def _is(actor: Asking, person_id: int | None, group: Group) -> bool:
    """Whether someone is the person whom a thing names, and still in the group."""
    return person_id is not None and isinstance(actor, Person) and actor.pk == person_id and has_power(actor, group)
