"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.connections.actions.directory import be_found
from folkmoot.connections.actions.directory_introductions import Reach, ask_introduction
from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.models.interests import InterestSort
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def found(person: Person, *, seen: dict[str, str] | None = None, **interests: list[str]) -> Person:
    """Let a person be found with these interests by sort, which everyone who is signed in sees; handed back."""
    for sort, words in interests.items():
        say_interests(person, InterestSort(sort), words)
    be_found(person, seen=seen or dict.fromkeys(("cares", "helps", "learns"), "signed_in"), by=person)
    return person


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    found(people["participant"], helps=["Lamps"])
    found(people["manager"], seen={"cares": "groups"}, cares=["Oil"])
    asked = ask_introduction(
        people["participant"], why="I would like to learn about lamps.", reach=Reach(mail=True), by=people["observer"]
    )
    return {"introduction": asked.pk, "findable": people["participant"].pk}
