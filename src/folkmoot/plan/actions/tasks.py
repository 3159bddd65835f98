"""Everything that changes a task."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force, has_power
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.facts import Fact
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import facts
from folkmoot.plan.actions.wording import LONGEST_WHY, checked_day, clean_text, clean_title
from folkmoot.plan.models import Task, TaskState
from folkmoot.plan.notices import TaskWasDeclined, TaskWasOffered
from folkmoot.plan.rules import (
    may_add_task,
    may_change_task,
    may_choose_first_tasks,
    may_drop_task,
    may_end_with_group,
    may_finish_task,
    may_give_task,
    may_see_task,
    may_take_task,
)


@transaction.atomic
def add_task(
    *,
    title: str,
    words: str = "",
    group: Group | None = None,
    owner: Person | None = None,
    agreed: bool = False,
    due_on: date | None = None,
    due_at: time | None = None,
    clause_anchor: str = "",
    source: models.Model | None = None,
    is_first_task: bool = False,
    by: Actor,
) -> Task:
    """Add a task to a group, or, without a group, one that a person keeps for themselves.

    Somebody else as `owner` is asked and has it once they say yes, unless they have `agreed` already (in a call).
    `due_on` is a day and `due_at` an hour by the organisation's clocks. `clause_anchor` names a clause of the charter
    in force, whose name is kept as it is now. `source` is what the task came from.
    """
    asker = by if isinstance(by, Person) else None
    if group is None:
        if asker is None or owner not in (None, asker):
            raise Refused(_("A task without a group is one’s own."), code="invalid")
        owner = asker
    else:
        require(may_add_task(by, group))
        if is_first_task:
            require(may_choose_first_tasks(by, group))
        _require_in(owner, group)
    title = clean_title(title)
    _check_due(due_on, due_at)
    taken = owner is not None and (owner == asker or agreed)
    task = Task.objects.create(
        group=group,
        title=title,
        words=clean_text(words),
        owner=owner if taken else None,
        offered_to=None if taken else owner,
        asked_by=asker,
        due_on=due_on,
        due_at=due_at,
        clause_anchor=clause_anchor,
        clause_name=_clause_name(group, clause_anchor),
        source=source,
        is_first_task=is_first_task,
        position=_next_position(group),
    )
    _record(facts.TaskAdded(task.pk, task.title), task, by=by)
    if owner is not None and group is not None:
        fact = facts.TaskTaken if taken else facts.TaskOffered
        _record(fact(task.pk, task.title), task, by=by, about=owner)
        if owner != asker and not taken:
            _ask(owner, task, by)
    return task


@transaction.atomic
def change_task(
    task: Task,
    *,
    title: str,
    words: str = "",
    due_on: date | None = None,
    due_at: time | None = None,
    clause_anchor: str = "",
    is_first_task: bool = False,
    by: Actor,
) -> Task:
    """Change what a task says and when it is due; nothing is told when nothing changes."""
    hold_task(task)
    require(may_change_task(by, task))
    if is_first_task != task.is_first_task:
        if task.group is None:
            raise Refused(_("A task of your own is not for newcomers."), code="invalid")
        require(may_choose_first_tasks(by, task.group))
    _check_due(due_on, due_at)
    new: dict[str, Any] = {
        "title": clean_title(title),
        "words": clean_text(words),
        "due_on": due_on,
        "due_at": due_at,
        "is_first_task": is_first_task,
    }
    if clause_anchor != task.clause_anchor:
        new |= {"clause_anchor": clause_anchor, "clause_name": _clause_name(task.group, clause_anchor)}
    changes = {
        key: [_plain(getattr(task, key)), _plain(value)] for key, value in new.items() if getattr(task, key) != value
    }
    if changes:
        for key, value in new.items():
            setattr(task, key, value)
        task.save(update_fields=list(new))
        _record(facts.TaskChanged(task.pk, task.title), task, by=by, changes=changes)
    return task


@transaction.atomic
def take_task(task: Task, *, by: Person) -> None:
    """Take a task on oneself, or say yes to one that was offered; Refused `taken` when somebody else was first."""
    hold_task(task)
    _require_open(task)
    if task.owner_id == by.pk:
        return
    require(may_see_task(by, task))
    if task.owner is not None and task.offered_to_id != by.pk and not is_lead(by, task):
        raise Refused(_("%(name)s has taken this task already.") % {"name": task.owner.name}, code="taken")
    require(may_take_task(by, task))
    _own(task, by)
    _record(facts.TaskTaken(task.pk, task.title), task, by=by, about=by)


@transaction.atomic
def give_task(task: Task, to: Person, *, by: Actor) -> None:
    """Ask somebody in the group to take a task; it stays where it is until they say yes."""
    hold_task(task)
    _require_open(task)
    require(may_give_task(by, task))
    if task.owner_id == to.pk or task.offered_to_id == to.pk:
        return
    _require_in(to, task.group)
    if to == by:
        take_task(task, by=to)
        return
    task.offered_to = to
    task.save(update_fields=["offered_to"])
    _record(facts.TaskOffered(task.pk, task.title), task, by=by, about=to)
    _ask(to, task, by)


@transaction.atomic
def decline_task(task: Task, *, by: Person) -> None:
    """Say no to a task that was offered; whoever has it, or asked for it, is told. Done twice, it is told once."""
    hold_task(task)
    if task.offered_to_id != by.pk:
        return
    task.offered_to = None
    task.save(update_fields=["offered_to"])
    _record(facts.TaskDeclined(task.pk, task.title), task, by=by, about=by)
    concerned = [person for person in {task.owner, task.asked_by} if person is not None and person != by]
    tell(concerned, TaskWasDeclined(task.pk, task.title, by.name))


@transaction.atomic
def release_task(task: Task, *, by: Actor) -> None:
    """Let go of a task, so that somebody else may take it; what was offered is no longer."""
    hold_task(task)
    _require_open(task)
    require(may_give_task(by, task))
    if task.owner is None and task.offered_to is None:
        return
    before = task.owner
    _own(task, None)
    _record(facts.TaskReleased(task.pk, task.title), task, by=by, about=before)


@transaction.atomic
def hand_over_task(task: Task, to: Person, *, by: Actor) -> None:
    """Give a task to somebody who has said yes to it in a handover; done twice, it is done once."""
    hold_task(task)
    require(may_give_task(by, task))
    if task.owner_id == to.pk or not task.is_open:
        return
    _require_in(to, task.group)
    _own(task, to)
    _record(facts.TaskTaken(task.pk, task.title), task, by=by, about=to)


@transaction.atomic
def finish_task(task: Task, *, by: Actor) -> None:
    """Say that a task is done; done twice, it is told once."""
    hold_task(task)
    if task.state == TaskState.DONE:
        return
    require(may_finish_task(by, task))
    _require_open(task)
    _end(task, TaskState.DONE, by)
    _record(facts.TaskFinished(task.pk, task.title), task, by=by, about=task.owner)


@transaction.atomic
def reopen_task(task: Task, *, by: Actor) -> None:
    """Take back that a task is done or dropped."""
    hold_task(task)
    if task.is_open:
        return
    require(may_finish_task(by, task) if task.state == TaskState.DONE else may_drop_task(by, task))
    task.state, task.ended_at, task.ended_by, task.why = TaskState.OPEN, None, None, ""
    task.save(update_fields=["state", "ended_at", "ended_by", "why"])
    _record(facts.TaskReopened(task.pk, task.title), task, by=by, about=task.owner)


@transaction.atomic
def drop_task(task: Task, *, why: str = "", by: Actor) -> None:
    """Decide that a task will not be done."""
    hold_task(task)
    if task.state == TaskState.DROPPED:
        return
    require(may_drop_task(by, task))
    _require_open(task)
    _drop(task, why, by)


@transaction.atomic
def drop_all(group: Group, *, why: str, by: Actor) -> int:
    """Drop every open task of a group, as when it closes, and return how many there were."""
    require(may_end_with_group(by, group))
    tasks = list(Task.objects.select_for_update().filter(group=group, state=TaskState.OPEN).order_by("pk"))
    for task in tasks:
        _drop(task, why, by)
    return len(tasks)


def hold_task(task: Task) -> None:
    """Let nobody else change the task until this transaction ends, and see it as it is now."""
    Task.objects.select_for_update().get(pk=task.pk)
    task.refresh_from_db()


def is_lead(person: Person, task: Task) -> bool:
    """Whether somebody leads the group of a task."""
    return task.group is not None and bool(may_choose_first_tasks(person, task.group))


def _drop(task: Task, why: str, by: Actor) -> None:
    _end(task, TaskState.DROPPED, by, why=clean_text(why, LONGEST_WHY))
    _record(facts.TaskDropped(task.pk, task.title, task.why), task, by=by, about=task.owner)


def _end(task: Task, state: TaskState, by: Actor, *, why: str = "") -> None:
    task.state, task.ended_at, task.why = state, timezone.now(), why
    task.ended_by = by if isinstance(by, Person) else None
    task.offered_to = None
    task.save(update_fields=["state", "ended_at", "ended_by", "why", "offered_to"])


def _own(task: Task, person: Person | None) -> None:
    task.owner, task.offered_to = person, None
    task.save(update_fields=["owner", "offered_to"])


def _ask(person: Person, task: Task, by: Actor) -> None:
    tell(
        [person],
        TaskWasOffered(
            task_id=task.pk,
            title=task.title,
            group=task.group.name if task.group else "",
            by=by.name if isinstance(by, Person) else _("The group"),
            due_on=task.due_on,
            words=task.words,
        ),
    )


def _record(fact: Fact, task: Task, *, by: Actor, about: Person | None = None, changes: Any = None) -> None:
    if task.group is None:
        # What people keep for themselves is told without its words.
        change = fact.kind.rpartition("_")[2]
        record(facts.OwnTaskChanged(task.pk, change), by=by, about=task.owner, on=task)
        return
    record(fact, by=by, about=about, on=task, within=task.group, changes=changes)


def _require_open(task: Task) -> None:
    if not task.is_open:
        raise Refused(_("This task is no longer open."), code="ended")


def _require_in(person: Person | None, group: Group | None) -> None:
    if person is not None and group is not None and not has_power(person, group):
        raise Refused(
            _("%(name)s does not take part in %(group)s.") % {"name": person.name, "group": group.name},
            code="invalid",
        )


def _check_due(due_on: date | None, due_at: time | None) -> None:
    if due_at is not None and due_on is None:
        raise Refused(_("An hour needs a day."), code="invalid")
    if due_on is not None:
        checked_day(due_on)


def _clause_name(group: Group | None, anchor: str) -> str:
    if not anchor:
        return ""
    charter = charter_in_force(group) if group is not None else None
    clause = charter.clauses.filter(anchor=anchor).first() if charter is not None else None
    if clause is None:
        raise Refused(_("The charter in force has no such clause."), code="invalid")
    return str(clause)[:300]


def _next_position(group: Group | None) -> int:
    if group is None:
        return 0
    last: int | None = group.tasks.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value
