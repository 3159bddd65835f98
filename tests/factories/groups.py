from __future__ import annotations

import datetime as dt
from copy import deepcopy
from functools import cache
from typing import Any

from django.utils import timezone

from folkmoot.groups.actions import found_group, give_role
from folkmoot.groups.domain.joining import Asks
from folkmoot.groups.intake import take_in
from folkmoot.groups.joining import entrance_of
from folkmoot.groups.models import AppointmentState, Group, ManagerAppointment, Participation, Power, Role
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person

CHARTER = """\
# Lantern Working Group

The Lantern Working Group exists to keep the lights on for everyone who comes late. Our objectives include:

* **Warmth** - Rooms where people meet as people.
* **Light** - Words that everyone can read.

## Membership

* Open to everyone in the commons.
* Taking part is voluntary, but means doing something.

## Roles

* **Managers**: Lead the calls and set the agenda.
* **Participants**: Contribute to discussions.
* **Observers**: Follow without having to contribute.

## Meetings

We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.

## Annual activities

* **Open house** - One day of the year, round the clock.
"""


def group(name: str | None = None, *, text: str = CHARTER, on: dt.date = dt.date(2025, 1, 8), **answers: str) -> Group:
    """A group founded from a small charter of its own, in force since `on`."""
    given = {**answers, **({"name": name} if name else {})}
    called, reading = _read(text, tuple(given.items()), on)
    return found_group(name=called, text=text, reading=deepcopy(reading), answers=given, in_force_from=on, by=system())


@cache
def _read(text: str, answers: tuple[tuple[str, str], ...], on: dt.date) -> tuple[str, dict[str, Any]]:
    """What is read in a text, once for all tests that found a group from it."""
    intake = take_in(text.encode(), dict(answers), today=on)
    return intake.name, intake.reading()


def role(of: Group, power: Power) -> Role:
    """The first role of a group with this power."""
    return of.roles.filter(power=power).first() or Role.objects.create(
        group=of, position=9, name=str(power.label), power=power
    )


def join(person: Person, of: Group, power: Power = Power.TAKE_PART) -> Person:
    """Let a person hold a role of this power, and hand the person back."""
    give_role(person, of, role(of, power), by=system())
    return person


def lead(
    person: Person, of: Group, *, public: bool = True, ends_on: dt.date | None = None, by: Person | None = None
) -> ManagerAppointment:
    """Let a person lead a group for a term that began yesterday, as if offered and accepted."""
    join(person, of, Power.MANAGE)
    today = timezone.localdate()
    return ManagerAppointment.objects.create(
        person=person,
        group=of,
        role=role(of, Power.MANAGE),
        participation=Participation.objects.get(person=person, group=of, ended_at=None),
        by=by,
        starts_on=today - dt.timedelta(days=1),
        ends_on=ends_on or today + dt.timedelta(days=180),
        hours_a_week=2,
        names_publicly=public,
        state=AppointmentState.ACCEPTED,
        offered_at=timezone.now(),
        answered_at=timezone.now(),
    )


def entry(of: Group) -> dict[str, str]:
    """What the form of joining sends when everything is affirmed and agreed to."""
    asked = entrance_of(of)
    return {
        "role": asked.roles[0].key,
        **{f"rule_{place}": "on" for place, rule in enumerate(asked.terms.rules) if rule.asks == Asks.AFFIRMATION},
        "agree": "on",
        "documents": ",".join(str(agreement.pk) for agreement in asked.agreements),
    }
