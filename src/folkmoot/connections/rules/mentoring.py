"""Who may do what in mentoring. A pair's page is the two's alone, so there is no rule by which anybody else sees it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from folkmoot.connections.domain.mentoring_terms import Phase
from folkmoot.connections.models.mentoring_programmes import ForWhom, MentoringProgramme
from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward
from folkmoot.plan.rules import Who

PAIRS_ARE_MADE = (Phase.MATCHING, Phase.RUNNING)


def may_make_programme(actor: Who, group: Group | None) -> Verdict:
    """Set one up: in a group whoever leads it, for the whole community a steward."""
    if group is not None:
        return may_manage(actor, group)
    return YES if is_steward(actor) else no(_("Only a steward sets up mentoring for the whole community."))


def may_run_programme(actor: Who, programme: MentoringProgramme) -> Verdict:
    """Change a programme, see who applied, and bring people together: who leads the group, else a steward."""
    if programme.group is not None:
        return leads(actor, programme.group)
    return YES if is_steward(actor) else no(_("Only a steward runs mentoring of the whole community."))


def may_change_programme(actor: Who, programme: MentoringProgramme, *, on: date) -> Verdict:
    """Change words and days, until it has ended."""
    if not (verdict := may_run_programme(actor, programme)):
        return verdict
    if programme.phase(on) == Phase.ENDED:
        return no(_("This programme has ended; nothing in it changes any more."))
    return is_open_for_work(programme.group) if programme.group is not None else YES


def may_bring_together(actor: Who, programme: MentoringProgramme, *, on: date) -> Verdict:
    """Ask two whether they would like to be a pair: once applications are closed, until the programme ends."""
    if not (verdict := may_run_programme(actor, programme)):
        return verdict
    phase = programme.phase(on)
    if phase in PAIRS_ARE_MADE:
        return YES
    if phase == Phase.ENDED:
        return no(_("This programme has ended."))
    return no(_("Pairs are made once applications are closed, so that everybody has the same chance."))


def may_apply(actor: Who, programme: MentoringProgramme, *, on: date) -> Verdict:
    """Apply, and change what one wrote: whoever the programme is for, while applications are open."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to apply."))
    group = programme.group
    if programme.for_whom == ForWhom.GROUP and group is not None and not has_power(actor, group):
        return no(_("This programme is for people of %(group)s. You can join it first.") % {"group": group.name})
    return applications_are_open(programme, on=on)


def may_withdraw(actor: Who, programme: MentoringProgramme, *, on: date) -> Verdict:
    """Take back what one applied with, until applications close; also whoever has left the group meanwhile."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in first."))
    if programme.phase(on) in (Phase.PLANNED, Phase.OPEN):
        return YES
    return no(_("Applications are closed; what you wrote stays as it is now."))


def applications_are_open(programme: MentoringProgramme, *, on: date) -> Verdict:
    """Whether somebody can apply on a day."""
    phase = programme.phase(on)
    if phase == Phase.OPEN:
        return is_open_for_work(programme.group) if programme.group is not None else YES
    if phase == Phase.PLANNED:
        return no(_("Applications are not open yet."))
    return no(_("Applications are closed; what you wrote stays as it is now."))
