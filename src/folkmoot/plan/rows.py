"""Tasks and lines of checklists as lists show them: one row each, with what this reader may do there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.people.models import Person
from folkmoot.plan.checks import CHECKS
from folkmoot.plan.links import link_of
from folkmoot.plan.models import ChecklistLine, Task, TaskState
from folkmoot.plan.parts import part_words
from folkmoot.plan.rules import Standing, may_finish_task, may_take_task
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Row:
    """One thing to do. Empty addresses mean that this reader may not, or that it is not the time for it."""

    title: str
    url: str
    due_on: date | None
    hour: str
    badge: str
    tone: str
    owner: Person | None
    note: str
    is_ended: bool
    key: str = ""
    tick_url: str = ""
    take_url: str = ""
    reopen_url: str = ""
    skip_url: str = ""
    words: str = ""
    check: Label = ""
    link: tuple[Label, str] | None = None


def page_of(thing: Task | ChecklistLine) -> str:
    """Where a task, or a step on its list, is read."""
    if isinstance(thing, Task):
        return thing.get_absolute_url()
    return f"{thing.checklist.get_absolute_url()}#step-{thing.pk}"


def task_row(
    task: Task, standing: Standing, *, today: date, with_group: bool = False, away_until: date | None = None
) -> Row:
    """A task as this reader sees it; `away_until` is for who may see until when its owner is away."""
    badge, tone = _badge(task.due_on, today) if task.is_open else _ended_badge(task)
    may_take = task.is_open and task.owner_id is None and may_take_task(standing.person, task, standing)
    return Row(
        title=task.title,
        url=task.get_absolute_url(),
        due_on=task.due_on,
        hour=f"{task.due_at:%H:%M}" if task.due_at else "",
        badge=badge,
        tone=tone,
        owner=task.owner,
        note=_note(task, with_group, away_until),
        is_ended=not task.is_open,
        key=f"task-{task.pk}",
        tick_url=_do(task, "finish") if task.is_open and may_finish_task(standing.person, task, standing) else "",
        take_url=_do(task, "take") if may_take else "",
    )


def rows_of_list(lines: Iterable[ChecklistLine], reader: Person, *, today: date, may_end_all: bool) -> list[Row]:
    """The steps of one list as this reader sees them: first what is open, then what is not any more."""
    rows = [
        line_row(line, today=today, may_end=may_end_all or line.owner_id == reader.pk, on_its_list=True, reader=reader)
        for line in lines
    ]
    return sorted(rows, key=lambda row: row.is_ended)


def line_row(
    line: ChecklistLine, *, today: date, may_end: bool, on_its_list: bool = False, reader: Person | None = None
) -> Row:
    """A line of a checklist; on its list it shows what helps with it, elsewhere which list it belongs to."""
    badge, tone = _badge(line.due_on, today) if line.is_open else ("", "")
    check = CHECKS.get(line.check_name)
    may_end = may_end and line.checklist.is_open
    return Row(
        title=line.title,
        url="" if on_its_list else page_of(line),
        due_on=line.due_on,
        hour="",
        badge=badge,
        tone=tone,
        owner=None if reader is not None and line.owner_id == reader.pk else line.owner,
        note=_state_note(line) if on_its_list else _list_note(line),
        is_ended=not line.is_open,
        key=f"step-{line.pk}",
        tick_url=reverse("tick_line", args=[line.pk]) if may_end and line.is_open else "",
        reopen_url=reverse("reopen_line", args=[line.pk]) if may_end and not line.is_open else "",
        skip_url=reverse("skip_line", args=[line.pk]) if may_end and line.is_open and on_its_list else "",
        words=line.words if on_its_list else "",
        check=check.label if check is not None and line.is_open and on_its_list else "",
        link=link_of(line.link, line.checklist.group) if line.is_open and on_its_list else None,
    )


def own_rows(things: Iterable[Task | ChecklistLine], person: Person, *, today: date) -> list[Row]:
    """What a person has to do, in all groups: all of it is theirs, so that nobody needs to be asked."""
    here = Standing(person, None, False)
    rows = []
    for thing in things:
        if isinstance(thing, ChecklistLine):
            rows.append(line_row(thing, today=today, may_end=True, reader=person))
        else:
            rows.append(_own_task_row(thing, here, today=today))
    return rows


def _own_task_row(task: Task, standing: Standing, *, today: date) -> Row:
    badge, tone = _badge(task.due_on, today)
    return Row(
        title=task.title,
        url=task.get_absolute_url(),
        due_on=task.due_on,
        hour=f"{task.due_at:%H:%M}" if task.due_at else "",
        badge=badge,
        tone=tone,
        owner=None,
        note=task.group.name if task.group else _("your own"),
        is_ended=False,
        key=f"task-{task.pk}",
        tick_url=_do(task, "finish"),
    )


def _do(task: Task, what: str) -> str:
    return reverse("do_task", args=[task.pk, what])


def _badge(due_on: date | None, today: date) -> tuple[str, str]:
    if due_on is None:
        return "", ""
    days = (due_on - today).days
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}, "rose"
    if days == 0:
        return _("today"), "gold"
    return (_("tomorrow"), "gold") if days == 1 else ("", "")


def _ended_badge(task: Task) -> tuple[str, str]:
    return (_("done"), "moss") if task.state == TaskState.DONE else (_("dropped"), "")


def _note(task: Task, with_group: bool, away_until: date | None) -> str:
    parts = [task.group.name] if with_group and task.group else []
    if away_until is not None and task.is_open:
        parts.append(_("away until %(day)s") % {"day": date_format(away_until, "j F")})
    if task.offered_to is not None:
        parts.append(_("%(name)s was asked") % {"name": task.offered_to.name})
    elif task.is_open and task.owner is None:
        parts.append(_("nobody has it yet"))
    if task.is_first_task and task.is_open:
        parts.append(_("good for newcomers"))
    if task.why:
        parts.append(task.why)
    return ", ".join(parts)


def _list_note(line: ChecklistLine) -> str:
    parts = [line.checklist.name]
    if line.checklist.person is not None and line.checklist.person_id != line.owner_id:
        parts.append(_("for %(name)s") % {"name": line.checklist.person.name})
    if line.checklist.group is not None:
        parts.append(line.checklist.group.name)
    return ", ".join(parts)


def _state_note(line: ChecklistLine) -> str:
    if line.is_open or line.ended_at is None:
        return "" if line.owner else str(part_words(line.who))
    day = date_format(localtime(line.ended_at), "j F")
    if line.by_itself:
        return _("ticked itself on %(day)s") % {"day": day}
    name = line.ended_by.name if line.ended_by else _("the group")
    if line.is_done:
        return _("ticked by %(name)s on %(day)s") % {"name": name, "day": day}
    return _("left out by %(name)s: %(why)s") % {"name": name, "why": line.why}
