"""What plan keeps about people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Pointers, Rows, offer
from folkmoot.plan.models import (
    BuddyOffer,
    Checklist,
    ChecklistLine,
    ChecklistPart,
    LineState,
    Task,
    TaskState,
    TemplateLine,
)


@dataclass(frozen=True)
class OwnedTasks(Rows):
    """Tasks that a person has: their own go with them, a group's open ones wait for somebody else."""

    def erase(self, person: Person) -> None:
        Task.objects.filter(group=None, owner=person).delete()
        self.of(person).filter(state=TaskState.OPEN).update(owner=None)


@dataclass(frozen=True)
class OwnedLines(Rows):
    """Lines that a person is to do: the open ones wait for somebody else."""

    def erase(self, person: Person) -> None:
        self.of(person).filter(state=LineState.OPEN).update(owner=None)


def offer_all() -> None:
    """Answer for every model of this room that points at a person."""
    offer("plan.tasks", OwnedTasks(_("Tasks you have"), Task, "owner", _task))
    offer("plan.tasks_offered", Pointers(_("Tasks you were asked to take"), Task, "offered_to", _task))
    offer("plan.tasks_asked", Pointers(_("Tasks you asked for"), Task, "asked_by", _task))
    offer("plan.tasks_ended", Pointers(_("Tasks you said were done or dropped"), Task, "ended_by", _task))
    offer(
        "plan.checklists",
        Rows(_("Checklists for you"), Checklist, "person", _checklist, OnErasing.KEEP, clear=("why",)),
    )
    offer("plan.checklist_parts", Rows(_("Your parts in checklists"), ChecklistPart, "person", _part))
    offer("plan.checklist_lines", OwnedLines(_("Steps of checklists that are yours"), ChecklistLine, "owner", _line))
    offer("plan.checklist_lines_ended", Pointers(_("Steps that you ticked"), ChecklistLine, "ended_by", _line))
    offer("plan.template_lines", Pointers(_("Steps that come to you"), TemplateLine, "person", _step))
    offer("plan.buddy_offers", Rows(_("Where you welcome newcomers"), BuddyOffer, "person", _buddy_offer))


def _task(task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "words": task.words,
        "group": str(task.group or ""),
        "due_on": _day(task.due_on),
        "state": task.state,
        "ended_at": _day(task.ended_at),
        "why": task.why,
    }


def _checklist(checklist: Checklist) -> dict[str, Any]:
    return {
        "name": checklist.name,
        "group": str(checklist.group or ""),
        "began": _day(checklist.started_on),
        "state": checklist.state,
        "why": checklist.why,
    }


def _part(part: ChecklistPart) -> dict[str, Any]:
    return {"checklist": part.checklist.name, "part": part.who, "since": _day(part.since)}


def _line(line: ChecklistLine) -> dict[str, Any]:
    return {
        "title": line.title,
        "checklist": line.checklist.name,
        "due_on": _day(line.due_on),
        "state": line.state,
        "why": line.why,
    }


def _step(step: TemplateLine) -> dict[str, Any]:
    return {"title": step.title, "checklist": step.template.name}


def _buddy_offer(buddy_offer: BuddyOffer) -> dict[str, Any]:
    return {"group": str(buddy_offer.group), "at most": buddy_offer.most, "since": _day(buddy_offer.made_at)}


def _day(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
