"""Reminding people of what is due, and telling those who lead what is overdue.

May run as often as one likes and by several workers at once: what was told is kept under a key, once for each person,
thing, day and distance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.groups.queries import managers_of
from folkmoot.notices.actions import tell
from folkmoot.notices.kinds import Notice
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here
from folkmoot.people.absences import REMEMBERED, shown_until, spans_of
from folkmoot.people.domain.absences import Span, away_until, has_missed
from folkmoot.people.models import Person
from folkmoot.plan.models import ChecklistLine, ChecklistState, LineState, Task, TaskState
from folkmoot.plan.notices import LineIsDue, LineIsOverdue, TaskIsDue, TaskIsOverdue

REMIND_BEFORE = (3, 0)
ESCALATE_AFTER = 3
LONGEST_REMINDER = 60
MISSED = -1
MADE_UP_FOR = timedelta(days=7)
"""How long after somebody is back they are told of what fell due while they were away."""
FORGET_AFTER = timedelta(days=90)
"""What is overdue for longer is not told any more: whoever should know knows."""


def remind_all(*, today: date | None = None) -> int:
    """Remind of all that is due, and escalate what is overdue; returns how many notices were told."""
    day = today or today_here()
    return _tasks(day) + _lines(day)


def _tasks(today: date) -> int:
    told = 0
    found = Task.objects.filter(
        state=TaskState.OPEN, due_on__gt=today - FORGET_AFTER, due_on__lte=today + timedelta(days=max(REMIND_BEFORE))
    ).select_related("owner", "group")
    due = list(found.order_by("pk"))
    away = _Away.of((task.owner_id for task in due), today)
    for task in due:
        if task.due_on is None:
            continue
        days = (task.due_on - today).days
        name = task.group.name if task.group else ""
        for person, slot in away.slots([task.owner] if task.owner else [], task.due_on, REMIND_BEFORE):
            told += _tell_new([person], TaskIsDue(task.pk, task.title, name, task.due_on, days, slot))
        if days <= -ESCALATE_AFTER and task.group is not None:
            owner = task.owner.name if task.owner else ""
            until = away.shown.get(task.owner_id or 0)
            notice = TaskIsOverdue(task.pk, task.title, name, owner, task.due_on, -days, until)
            told += _tell_new(managers_of(task.group), notice)
    return told


def _lines(today: date) -> int:
    told = 0
    found = ChecklistLine.objects.filter(
        state=LineState.OPEN,
        checklist__state=ChecklistState.OPEN,
        due_on__gt=today - FORGET_AFTER,
        due_on__lte=today + timedelta(days=LONGEST_REMINDER),
    ).select_related("owner", "checklist", "checklist__group", "checklist__person")
    due = [(line, _whose(line)) for line in found.order_by("pk")]
    away = _Away.of((person.pk for _line, people in due for person in people), today)
    for line, people in due:
        days = (line.due_on - today).days
        checklist = line.checklist
        for person, slot in away.slots(people, line.due_on, line.remind):
            notice = LineIsDue(line.pk, checklist.pk, line.title, checklist.name, line.due_on, days, slot)
            told += _tell_new([person], notice)
        if line.escalate is not None and days <= -line.escalate and checklist.group is not None:
            overdue = LineIsOverdue(
                line_id=line.pk,
                checklist_id=checklist.pk,
                title=line.title,
                checklist=checklist.name,
                person=checklist.person.name if checklist.person else "",
                owner=line.owner.name if line.owner else "",
                due_on=line.due_on,
                days=-days,
                away_until=away.shown.get(line.owner_id or 0),
            )
            told += _tell_new(managers_of(checklist.group), overdue)
    return told


@dataclass(frozen=True)
class _Away:
    """Who of some people is away: their reminders wait. One query for when, one for what those who lead may see."""

    today: date
    spans: Mapping[int, Sequence[Span]]
    shown: Mapping[int, date]

    @classmethod
    def of(cls, keys: Iterable[int | None], today: date) -> _Away:
        people = {key for key in keys if key is not None}
        return cls(today, spans_of(people, since=today - REMEMBERED), shown_until(people, on=today))

    def slots(self, people: Iterable[Person], due_on: date, before: Sequence[int]) -> Iterator[tuple[Person, int]]:
        """Whom to remind today of what is due on a day, each with their reminder; `MISSED` where it fell due while they
        were away."""
        slot = _slot((due_on - self.today).days, before)
        for person in people:
            spans = self.spans.get(person.pk, ())
            if away_until(spans, self.today) is not None:
                continue
            if slot is not None:
                yield person, slot
            elif before and has_missed(spans, due_on, today=self.today, within=MADE_UP_FOR):
                yield person, MISSED


def _tell_new(people: Iterable[Person], notice: Notice) -> int:
    """Tell those who were not told before. Of two workers that ask this at once, `tell` lets one through."""
    known = Telling.objects.filter(kind=notice.kind, once_key=notice.once()).exclude(once_key="")
    before = set(known.values_list("person", flat=True))
    return len(tell([person for person in people if person.pk not in before], notice))


def _whose(line: ChecklistLine) -> list[Person]:
    if line.owner is not None:
        return [line.owner]
    # A line for those who lead, without a name, is for all of them.
    return managers_of(line.checklist.group) if line.who == "manager" and line.checklist.group else []


def _slot(days: int, before: Iterable[int]) -> int | None:
    """Which reminder is due when `days` are left: the nearest one whose time has come, so that a day on which nothing
    ran is made up for; None when it is too early, or too late for all of them."""
    return min((slot for slot in before if days <= slot), default=None) if days >= 0 else None
