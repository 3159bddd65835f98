from __future__ import annotations

import datetime as dt
from typing import Any

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.plan.actions import add_task, start_checklist
from folkmoot.plan.actions.templates import make_template, save_step
from folkmoot.plan.models import Checklist, ChecklistTemplate, Task


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
