"""What people hold in a group from this room: open tasks, and open lines of checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.holdings import Holding
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.actions import hand_over_line, hand_over_task
from folkmoot.plan.models import ChecklistLine, Task, TaskState
from folkmoot.plan.queries import WELCOMES, in_order, open_lines_of
from folkmoot.plan.starters import keys_with_parts_that_follow

T = TypeVar("T", Task, ChecklistLine)


class TasksHeld:
    """Open tasks that a person owns in a group."""

    title = gettext_lazy("Tasks")

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        tasks = in_order(Task.objects.filter(owner=person, group=group, state=TaskState.OPEN))
        return [Holding(_task_words(task), str(task.pk), task.get_absolute_url()) for task in tasks]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        hand_over_task(_found(Task.objects.select_related("group"), holding_key), to, by=by)


class LinesHeld:
    """Open lines of running checklists that are a person's in a group.

    Not the steps of their own welcome, which ends with them, nor those as a buddy: another one is found by itself.
    Nor those that come with something else they hold, such as a turn at a call.
    """

    title = gettext_lazy("Steps of checklists")

    def held(self, person: Person, group: Group) -> Sequence[Holding]:
        lines = open_lines_of(person).filter(checklist__group=group).exclude(checklist__person=person)
        lines = lines.exclude(checklist__template_key__in=[*WELCOMES, *keys_with_parts_that_follow()])
        return [
            Holding(
                _("the step “%(title)s” of “%(list)s”") % {"title": line.title, "list": line.checklist.name},
                str(line.pk),
                line.checklist.get_absolute_url(),
            )
            for line in lines
        ]

    def hand_over(self, holding_key: str, *, to: Person, by: Actor) -> None:
        lines = ChecklistLine.objects.select_related("checklist", "checklist__group")
        hand_over_line(_found(lines, holding_key), to, by=by)


def _task_words(task: Task) -> str:
    if task.due_on is None:
        return _("the task “%(title)s”") % {"title": task.title}
    day = date_format(task.due_on, "j F")
    return _("the task “%(title)s”, due on %(day)s") % {"title": task.title, "day": day}


def _found(rows: QuerySet[T], key: str) -> T:
    found = rows.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise Refused(_("This is not there any more."), code="not_found")
    return found
