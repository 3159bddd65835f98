from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from folkmoot.decisions.actions import open_vote, put_motion, take_position
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models import Motion
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.groups import CHARTER, group, join
from tests.factories.people import PersonFactory

VOTING = (
    CHARTER
    + """
## Decisions

* Motions are carried by a simple majority of all voting members.
* A quorum of three is needed.
* Amending this charter takes two thirds of the votes cast.
"""
)
TEXT = "We buy a lamp.\n\nIt costs up to 40 euros.\n\nBen looks for one."
LAST_DAY = dt.date(2026, 12, 3)
NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve")


def council(text: str = VOTING) -> SimpleNamespace:
    """A group led by Ada with Ben, Cleo and Dan in it, all with a vote; Eve follows and advises."""
    made = group(text=text)
    powers = (Power.MANAGE, Power.TAKE_PART, Power.TAKE_PART, Power.TAKE_PART, Power.OBSERVE)
    people = {
        name.lower(): join(PersonFactory(name=name), made, power) for name, power in zip(NAMES, powers, strict=True)
    }
    return SimpleNamespace(group=made, **people)


def motion(of: Group, *, by: Any = None, **given: Any) -> Motion:
    """A motion in three paragraphs."""
    return put_motion(of, Wording(**{"title": "A lamp", "text": TEXT, **given}), by=by or system())


def opened(of: Group, *, by: Any = None, closes_on: dt.date = LAST_DAY, **given: Any) -> Motion:
    """The same, with the vote on it open."""
    return open_vote(motion(of, by=by, **given), closes_on=closes_on, by=system())


def vote(on: Motion, value: str, *people: Person, text: str = "") -> None:
    """These people take this position."""
    for person in people:
        take_position(on, by=person, value=Value(value), text=text or ("It is too dark." if value == "block" else ""))
