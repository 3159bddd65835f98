"""Who may do what with tasks and checklists.

A rule about a task or line may be handed the actor's `Standing` in its group, so that a list asks for it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Participation, Power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor, Stand
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward, may_run_the_installation
from folkmoot.plan.models import Checklist, ChecklistLine, ChecklistTemplate, Task

Who: TypeAlias = "Actor | AnonymousUser | None"


@dataclass(frozen=True)
class Standing:
    """What somebody is in a group: the power of their role, None without one, and whether they are a steward."""

    person: Person | None
    power: str | None
    steward: bool

    @property
    def leads(self) -> bool:
        return self.steward or self.power == Power.MANAGE

    @property
    def contributes(self) -> bool:
        return self.leads or self.power == Power.TAKE_PART

    @property
    def is_in(self) -> bool:
        return self.steward or self.power is not None


def standing_in(actor: Who, group: Group | None) -> Standing:
    """How an actor stands to a group; one query for a person."""
    person = actor if isinstance(actor, Person) and actor.is_active else None
    power = None
    if person is not None and group is not None:
        held = Participation.objects.filter(person=person, group=group, ended_at=None)
        power = held.values_list("role__power", flat=True).first()
    return Standing(person, power, is_steward(actor))


def may_see_tasks(actor: Who, group: Group, standing: Standing | None = None) -> Verdict:
    """Read a group's tasks: everybody who takes part in it, in whatever role."""
    if (standing or standing_in(actor, group)).is_in:
        return YES
    return no(_("The tasks of %(group)s are shown to those who take part in it.") % {"group": group.name})


def may_see_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """A group's task: whoever is in the group, or has it. One's own: nobody else."""
    if _is(actor, task.owner_id):
        return YES
    if task.group is None:
        return no(_("This task is somebody’s own."))
    return may_see_tasks(actor, task.group, standing)


def may_add_task(actor: Who, group: Group, standing: Standing | None = None) -> Verdict:
    """Add a task to a group: whoever contributes to it."""
    if (standing or standing_in(actor, group)).contributes:
        return is_open_for_work(group)
    return no(_("Those who contribute to %(group)s add its tasks.") % {"group": group.name})


def may_choose_first_tasks(actor: Who, group: Group) -> Verdict:
    """Say that a task is good for somebody who has just come: whoever leads the group."""
    return may_manage(actor, group)


def may_change_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """Change words and days: the owner, who asked for it, and whoever leads the group."""
    if task.group is None:
        return YES if _is(actor, task.owner_id) else no(_("This task is somebody’s own."))
    here = standing or standing_in(actor, task.group)
    if here.leads or (here.is_in and (_is(actor, task.owner_id) or _is(actor, task.asked_by_id))):
        return is_open_for_work(task.group)
    return no(_("Its owner, who asked for it, and those who lead the group may do this."))


def may_take_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """Take a task on oneself: whoever is in the group, observers too, if nobody has it or it was offered to them."""
    if task.group is None:
        return YES if _is(actor, task.owner_id) else no(_("This task is somebody’s own."))
    here = standing or standing_in(actor, task.group)
    if here.person is None or here.power is None:
        return no(_("Only those who take part in %(group)s take its tasks.") % {"group": task.group.name})
    if not (verdict := is_open_for_work(task.group)):
        return verdict
    if _is(actor, task.owner_id) or _is(actor, task.offered_to_id):
        return YES
    if task.owner_id is not None and not here.leads:
        return no(_("Somebody has this task already."))
    if task.offered_to_id is not None and not here.leads:
        return no(_("Somebody has been asked to take this task, and has not answered yet."))
    return YES


def may_give_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """Ask somebody else to take it, or let go of it: its owner, who asked for it, and whoever leads the group."""
    if task.group is None:
        return no(_("A task of your own stays with you."))
    return may_change_task(actor, task, standing)


def may_finish_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """Say that it is done, or is not after all: its owner, and whoever leads the group."""
    if task.group is None:
        return YES if _is(actor, task.owner_id) else no(_("This task is somebody’s own."))
    here = standing or standing_in(actor, task.group)
    if here.leads or _is(actor, task.owner_id):
        return is_open_for_work(task.group)
    return no(_("Whoever has the task says when it is done. Take it first, or ask a manager."))


def may_drop_task(actor: Who, task: Task, standing: Standing | None = None) -> Verdict:
    """Decide that it will not be done: who asked for it, and whoever leads the group."""
    if task.group is None:
        return YES if _is(actor, task.owner_id) else no(_("This task is somebody’s own."))
    here = standing or standing_in(actor, task.group)
    if here.leads or (here.is_in and _is(actor, task.asked_by_id)):
        return is_open_for_work(task.group)
    return no(_("Who asked for it, and those who lead the group, may drop it. You can let go of it instead."))


def may_start_checklist(actor: Who, group: Group | None) -> Verdict:
    """Start a checklist in a group: whoever leads it; one of the whole organisation: a steward."""
    return may_run_the_installation(actor) if group is None else may_manage(actor, group)


def may_run_checklist(actor: Who, checklist: Checklist) -> Verdict:
    """Move its day, stop it, give its parts: whoever leads the group; a steward."""
    return may_start_checklist(actor, checklist.group)


def may_stop_checklist(actor: Who, checklist: Checklist) -> Verdict:
    """Whoever runs it, and the person whom it is for."""
    return YES if _is(actor, checklist.person_id) else may_end_with_group(actor, checklist.group)


def may_end_with_group(actor: Who, group: Group | None) -> Verdict:
    """End what is open in a group: whoever leads it, and the system, also once the group itself has closed."""
    return YES if isinstance(actor, Stand) else may_start_checklist(actor, group)


def may_see_checklist(actor: Who, checklist: Checklist) -> Verdict:
    """Whom it is for, who has a line or a part in it, and who leads its group; one about a thing, the whole group."""
    group = checklist.group
    if _is(actor, checklist.person_id) or _leads_around(actor, group):
        return YES
    if isinstance(actor, Person) and (
        checklist.lines.filter(owner=actor).exists() or checklist.parts.filter(person=actor).exists()
    ):
        return YES
    if checklist.person_id is None and group is not None and standing_in(actor, group).is_in:
        return YES
    return no(_("This checklist is between those who have a part in it."))


def may_end_line(actor: Who, line: ChecklistLine) -> Verdict:
    """Tick a line, leave it out or open it again: whose line it is, whom the list is for, and who runs it."""
    group = line.checklist.group
    if _is(actor, line.owner_id) or _is(actor, line.checklist.person_id) or _leads_around(actor, group):
        return is_open_for_work(group) if group is not None else YES
    return no(_("Whoever has this line, or runs the checklist, may do this."))


def may_edit_template(actor: Who, template: ChecklistTemplate) -> Verdict:
    """A group's template: whoever leads the group. The organisation's: a steward."""
    return may_start_checklist(actor, template.group)


def may_offer_welcome(actor: Who, group: Group) -> Verdict:
    """Offer to be a buddy: whoever contributes to the group."""
    here = standing_in(actor, group)
    if here.person is not None and here.power in (Power.MANAGE, Power.TAKE_PART):
        return is_open_for_work(group)
    return no(_("Those who contribute to %(group)s welcome its newcomers.") % {"group": group.name})


def _leads_around(actor: Who, group: Group | None) -> Verdict:
    """Whether somebody leads a group, also once it is closed; where there is none, a steward."""
    return leads(actor, group) if group is not None else may_run_the_installation(actor)


def _is(actor: Who, person_id: int | None) -> bool:
    return person_id is not None and isinstance(actor, Person) and actor.is_active and actor.pk == person_id
