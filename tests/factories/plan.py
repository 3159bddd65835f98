from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from folkmoot.plan.actions import add_task, start_checklist
from folkmoot.plan.actions.goals import set_goal, set_key_result
from folkmoot.plan.actions.initiatives import move_initiative, propose_initiative
from folkmoot.plan.actions.templates import make_template, save_step
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.models import Checklist, ChecklistTemplate, Goal, Initiative, KeyResult, Task

THIS_QUARTER = Period(2026, 4)


def initiative(
    group: Group, title: str = "Coffee across zones", *, stage: Stage = Stage.SANDBOX, **given: Any
) -> Initiative:
    """An initiative that was accepted (or is in the stage asked for, by way of those before it)."""
    made = propose_initiative(group, title=title, by=system(), **given)
    ways = {
        Stage.PROPOSED: (),
        Stage.SANDBOX: (Stage.SANDBOX,),
        Stage.INCUBATING: (Stage.SANDBOX, Stage.INCUBATING),
        Stage.GRADUATED: (Stage.SANDBOX, Stage.INCUBATING, Stage.GRADUATED),
        Stage.ARCHIVED: (Stage.ARCHIVED,),
    }
    for step in ways[stage]:
        made = move_initiative(made, to=step, why="It is time.", by=system())
    return made


def goal(group: Group, title: str = "People meet", *, period: Period = THIS_QUARTER, **given: Any) -> Goal:
    """A goal of this quarter."""
    return set_goal(group, title=title, period=period, by=system(), **given)


def key_result(
    of: Goal, words: str = "Pairs who met", *, baseline: int = 0, target: int = 10, **given: Any
) -> KeyResult:
    """A key result whose values people enter."""
    return set_key_result(
        of, words=words, baseline=Decimal(baseline), target=Decimal(target), by=system(), **{"unit": "pairs", **given}
    )


def told_since(number: int) -> list[str]:
    """The kinds of facts told after the entry of this number."""
    return list(Entry.objects.filter(pk__gt=number).order_by("pk").values_list("kind", flat=True))


def last_entry() -> int:
    """The number of the newest entry."""
    newest = Entry.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def tellings() -> list[tuple[str, str]]:
    """Who was told what, in order: name and kind."""
    return list(Telling.objects.order_by("pk").values_list("person__name", "kind"))


def task(group: Group | None = None, **given: Any) -> Task:
    """A task that the group itself has asked for, unless the test says otherwise."""
    return add_task(**{"title": "Water the plants", "group": group, "by": system(), **given})


def owned(group: Group, owner: Person, **given: Any) -> Task:
    """A task that somebody has."""
    return task(group, owner=owner, agreed=True, **given)


def template(group: Group | None = None, *steps: dict[str, Any], key: str = "open-house") -> ChecklistTemplate:
    """A template with these steps, or with three around one day."""
    made = make_template(key=key, group=group, name="Open house", anchor_label="the day of the open house", by=system())
    usual = (
        {"title": "Find hosts", "offset": -14, "who": "owner"},
        {"title": "Invite", "offset": -7, "who": "owner"},
        {"title": "Thank everybody", "offset": 2, "who": "owner"},
    )
    for step in steps or usual:
        save_step(made, **step, by=system())
    return made


def checklist(group: Group, owner: Person | None = None, *, anchor: dt.date, key: str = "open-house") -> Checklist:
    """A running list, counted from a day."""
    people = {"owner": owner} if owner else {}
    return start_checklist(key, group=group, anchor=anchor, people=people, by=system())
