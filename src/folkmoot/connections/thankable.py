"""What somebody can be thanked for: a call, a decision, a task; other parts enter theirs."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision
from folkmoot.decisions.rules import may_see_decision
from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Level, Meeting, Minutes, MinutesCustom
from folkmoot.people.models import Person
from folkmoot.plan.models import Task
from folkmoot.plan.rules import may_see_task
from folkmoot.ui.times import local, long_day


@dataclass(frozen=True)
class Occasion:
    """What a thanks is for, as it is named in a sentence ("the call on 3 March"), and its address.

    `stays_inside` where it is not for everybody: then the thanks is shown to people of the `group` at most. `done_by`
    are the keys of those whom the reader met there, in a group or not, and so may thank for it.
    """

    words: str
    path: str
    group: Group | None = None
    stays_inside: bool = False
    done_by: frozenset[int] = frozenset()

    def is_known_to(self, person: Person, inside: Container[int]) -> bool:
        """Whether somebody may read what it is: people of the group (`inside`), who did it, else if it is for all."""
        return not self.stays_inside or person.pk in inside or person.pk in self.done_by


@dataclass(frozen=True)
class Thankable:
    """One kind of thing: its model, and the occasion of the row of a key as far as a reader may know of it."""

    model: type[models.Model]
    occasion: Callable[[int, Person], Occasion | None]


THANKABLE: Registry[Thankable] = Registry("kind of thing to thank somebody for")


def occasion_of(key: str, reader: Person) -> Occasion | None:
    """What "call:12" stands for; None for what is not there for this reader."""
    kind, _colon, number = key.partition(":")
    entry = THANKABLE.get(kind)
    if entry is None or not number.isdecimal() or len(number) > 12:
        return None
    return entry.occasion(int(number), reader)


def thanks_link(person: Person | None = None, about: models.Model | None = None) -> str:
    """The address at which somebody is thanked; for what (`about`) only if that kind is entered. No query."""
    asked = {"person": str(person.pk)} if person is not None else {}
    for entry in THANKABLE.entries():
        if isinstance(about, entry.item.model):
            asked["about"] = f"{entry.name}:{about.pk}"
    return reverse("thank") + (f"?{urlencode(asked)}" if asked else "")


def fill() -> None:
    """Enter what rooms below know of."""
    THANKABLE.register("call", Thankable(Meeting, _call), order=10, by=__name__)
    THANKABLE.register("decision", Thankable(Decision, _decision), order=20, by=__name__)
    THANKABLE.register("task", Thankable(Task, _task), order=30, by=__name__)


def _call(pk: int, reader: Person) -> Occasion | None:
    call = Meeting.objects.filter(pk=pk, status="planned").select_related("group").first()
    if call is None:
        return None
    day = long_day(local(call.starts_at, call.zone).date())
    words = _("the call of %(group)s on %(day)s") % {"group": call.group.name, "day": day}
    return Occasion(words, call.get_absolute_url(), call.group, stays_inside=not _is_open(call))


def _is_open(call: Meeting) -> bool:
    """Whether everything on a call may be told with names, by its minutes or else by the custom of its group."""
    minutes = Minutes.objects.filter(meeting=call).first()
    if minutes is None:
        return not MinutesCustom.objects.filter(group=call.group).exclude(level=Level.OPEN).exists()
    return minutes.level == Level.OPEN and not minutes.items.exclude(level__in=["", Level.OPEN]).exists()


def _decision(pk: int, reader: Person) -> Occasion | None:
    decision = Decision.objects.filter(pk=pk).select_related("group").first()
    if decision is None or not may_see_decision(reader, decision):
        return None
    words = _("the decision “%(title)s”") % {"title": decision.title}
    return Occasion(words, decision.get_absolute_url(), decision.group, stays_inside=decision.is_inside)


def _task(pk: int, reader: Person) -> Occasion | None:
    task = Task.objects.filter(pk=pk).select_related("group").first()
    if task is None or not may_see_task(reader, task):
        return None
    return Occasion(_("“%(title)s”") % {"title": task.title}, task.get_absolute_url(), task.group, stays_inside=True)
