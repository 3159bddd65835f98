"""The checklists that every organisation begins with, in words that it may change afterwards.

Rooms above enter those of their own lists into `STARTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from folkmoot.kit.registry import Registry

HELLO_WITHIN = 2


@dataclass(frozen=True)
class StarterLine:
    """A step as it is first written; see `models.Step` for what the fields mean."""

    title: str
    words: str
    who: str
    offset: int
    remind: tuple[int, ...] = ()
    escalate: int | None = None
    check_name: str = ""
    link: str = ""
    minimum: int = 0


@dataclass(frozen=True)
class Starter:
    """A template as it is first written.

    `parts_follow`: whoever starts its lists says who plays which part, also when that changes; so its lines are not
    handed over one by one.
    """

    name: str
    words: str
    anchor_label: str
    lines: tuple[StarterLine, ...]
    parts_follow: bool = False


STARTERS: Registry[Callable[[], Starter]] = Registry("first wording of a checklist")


def starter(key: str) -> Starter | None:
    """The first wording of a template; None for a key that has none."""
    make = STARTERS.get(key)
    return make() if make is not None else None


def starter_keys() -> list[str]:
    """The keys of all templates that have a first wording."""
    return [entry.name for entry in STARTERS.entries()]


def keys_with_parts_that_follow() -> list[str]:
    """The keys of those whose parts are given by whoever starts their lists."""
    return [entry.name for entry in STARTERS.entries() if entry.item().parts_follow]


def _hello() -> StarterLine:
    return StarterLine(
        _("Say hello"),
        _("A few words by mail or chat, or a short call: who you are, and that all questions are welcome."),
        "buddy",
        HELLO_WITHIN,
        remind=(0,),
        escalate=3,
    )


def _zone() -> StarterLine:
    return StarterLine(
        _("Set your time zone"),
        _("Then every call is shown by your own clock."),
        "newcomer",
        3,
        check_name="people.zone",
        link="preferences",
    )


def _conduct() -> StarterLine:
    return StarterLine(
        _("Agree to the code of conduct"),
        _("It says how people treat each other here. Who has agreed to it on joining is done already."),
        "newcomer",
        5,
        check_name="groups.code_of_conduct",
        link="agreements",
    )


def _charter() -> StarterLine:
    return StarterLine(
        _("Read what the group is for"),
        _("The first part of the charter says it in a minute."),
        "newcomer",
        5,
        link="charter",
    )


def _welcome() -> Starter:
    return Starter(
        _("Welcome path"),
        _("First steps in a group. None of them is a duty; each is there to help somebody arrive."),
        _("the day they came"),
        (
            _hello(),
            _zone(),
            _charter(),
            _conduct(),
            StarterLine(
                _("Fill in your profile"),
                _("Your time zone and a few words about you. You choose who may see them."),
                "newcomer",
                7,
                check_name="people.profile",
                link="profile",
            ),
            StarterLine(
                _("Say who you are"),
                _("A line or two where the group talks: what brings you here, and what you like to do."),
                "newcomer",
                7,
            ),
            StarterLine(
                _("Come to the next call"),
                _("Listening is enough. Your buddy will be glad to see you."),
                "newcomer",
                21,
                remind=(1,),
                link="meetings",
            ),
            StarterLine(
                _("A first small task"),
                _("Something that can be done in an hour or two. It ticks itself when you finish one."),
                "newcomer",
                28,
                check_name="plan.finished_a_task",
                link="first_tasks",
            ),
            StarterLine(
                _("Ask how it is going"),
                _("After a month: what is good, what is missing, what would they like to do?"),
                "buddy",
                30,
                remind=(0,),
            ),
        ),
    )


def _welcome_observer() -> Starter:
    return Starter(
        _("Welcome path for observers"),
        _("For those who follow a group without having to contribute."),
        _("the day they came"),
        (
            _hello(),
            _zone(),
            _charter(),
            _conduct(),
            StarterLine(
                _("Have the calls in your calendar"),
                _("You may listen to any of them."),
                "newcomer",
                7,
                link="calendar",
            ),
        ),
    )


def _new_manager() -> Starter:
    remind = (1,)

    def step(offset: int, title: str, words: str, *, link: str = "", check_name: str = "") -> StarterLine:
        return StarterLine(title, words, "manager", offset, remind, 14, check_name, link)

    return Starter(
        _("Onboarding of a manager"),
        _("What helps somebody who has just begun to lead a group."),
        _("the day they began"),
        (
            step(3, _("Read the charter"), _("All of it, once. It is what everybody holds on to."), link="charter"),
            step(3, _("Set your time zone"), _("Reminders come at your own hours."), link="preferences",
                 check_name="people.zone"),
            step(5, _("Read the handover"), _("What those before you left: open tasks, promises, contacts."),
                 link="tasks"),
            step(7, _("Meet the other managers"), _("Half an hour: who does what, and how you reach each other.")),
            step(7, _("Agree to your public name"), _("How you want to be named on the group’s page."), link="group"),
            step(10, _("Check when the group meets"), _("Are day, hour and time zone still right for those who come?"),
                 link="meetings"),
            step(14, _("Set the agenda of your first call"), _("Three points are enough. Ask the group for theirs."),
                 link="meetings"),
            step(21, _("Choose two or three first small tasks"), _("So that newcomers find something to begin with."),
                 link="first_tasks"),
        ),
    )  # fmt: skip


STARTERS.register("welcome", _welcome, order=10, by=__name__)
STARTERS.register("welcome-observer", _welcome_observer, order=20, by=__name__)
STARTERS.register("new-manager", _new_manager, order=30, by=__name__)
