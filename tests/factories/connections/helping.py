"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.actions.helping_desks import DeskWords, set_up_desk
from folkmoot.connections.actions.helping_ending import accept_answer
from folkmoot.connections.models.helping import HelpDesk
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person


def desk(group: Group | None, *helpers: Person, **words: Any) -> HelpDesk:
    """A desk around the clock at which these people answer."""
    given = {"around_the_clock": True, "topics": ("Calls",), **words}
    return set_up_desk(group, DeskWords(helpers=helpers, **given), by=system())


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    of_group = desk(group, people["manager"], people["participant"])
    asked = ask_for_help(of_group, Question("How do I light a lamp?"), by=people["stranger"])
    private = ask_for_help(of_group, Question("Somebody was unkind", is_private=True), by=people["observer"])
    solved = ask_for_help(of_group, Question("Where are the matches kept?"), by=people["stranger"])
    answer = say(solved, "In the drawer.", by=people["manager"])
    accept_answer(solved, answer, by=people["stranger"])
    return {"help_asked": asked, "help_private": private, "help_solved": solved}
