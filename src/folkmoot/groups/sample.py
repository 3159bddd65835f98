"""The groups of the sample community, founded from the example charters, and who takes part in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from folkmoot.groups.actions import found_group, give_role
from folkmoot.groups.intake import take_in
from folkmoot.groups.models import Group, Power
from folkmoot.groups.sample_amendments import earlier_texts, lived_through
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

MANAGERS = {"community-care.md": ("adaeze", "jonas")}
PARTICIPANTS = {
    "community-care.md": ("tomas", "rosa", "lina", "priya", "mateo", "yuki", "ewan", "salma", "binita", "ravi", "amos"),
}
OBSERVERS = {"community-care.md": ("keoni", "greta", "noor", "dana")}


def found_groups(people: Mapping[str, Person], *, today: date, by: Actor) -> list[Group]:
    """Found every example group as if a year ago, and let people join it over the months that followed."""
    return [_found(file, people, today, by) for file in sorted(EXAMPLES.glob("*.md")) if file.name != "README.md"]


def _found(file: Path, people: Mapping[str, Person], today: date, by: Actor) -> Group:
    began = today - timedelta(days=365)
    founded_at = datetime.combine(began, time(9), UTC)
    first, *later = earlier_texts(file.name, file.read_text(encoding="utf-8"))
    intake = take_in(first.encode(), {}, today=began)
    group = found_group(
        name=intake.name,
        text=intake.charter.text,
        reading=intake.reading(),
        in_force_from=began,
        at=founded_at,
        by=by,
    )
    who = {
        Power.MANAGE: MANAGERS.get(file.name, ("lina",)),
        Power.TAKE_PART: PARTICIPANTS.get(file.name, ("tomas", "pim", "salma", "isolde")),
        Power.OBSERVE: OBSERVERS.get(file.name, ("keoni",)),
    }
    for power, names in who.items():
        role = group.roles.filter(power=power).first()
        if role is None:
            continue
        for number, name in enumerate(names):
            # The managers are there from the first day; the others come in over ten months.
            came = founded_at + timedelta(days=0 if power == Power.MANAGE else 7 + number * 300 // len(names))
            give_role(people[name], group, role, by=by, at=came)
    if later:
        lived_through(group, later, people, began=began)
    return group
