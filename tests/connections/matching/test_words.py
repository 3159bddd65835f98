"""Why people were brought together, in sentences to each of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.connections.domain.matching import Good, Met, Part, Programme, Reason, match, sentence
from folkmoot.connections.domain.matching.words import clause
from folkmoot.connections.domain.shared_hours import Window
from tests.connections.community import somebody

NAMES = {"ada": "Ada", "ben": "Ben"}
WEEK = Window(datetime(2026, 10, 5, tzinfo=UTC), 7)


def reasons(ada, ben, met=()) -> tuple[Reason, ...]:
    (found,) = match(Programme("seed"), WEEK, [ada, ben], met=met).conversations
    return found.reasons


def test_two_with_a_topic_and_hours_in_common() -> None:
    found = reasons(
        somebody("ada", start=9, end=17, cares_about={"Accessibility "}),
        somebody("ben", start=12, end=20, cares_about={"accessibility", "maps"}),
    )

    assert found == (
        Reason(Good.SHARED_TOPICS, topics=("accessibility",)),
        Reason(Good.NEVER_MET),
        Reason(Good.SHARED_HOURS, minutes=300),
    )
    assert sentence(found, NAMES, "ada") == "You both care about accessibility, and have 5 shared hours on weekdays."


def test_everybody_reads_it_from_their_side() -> None:
    found = reasons(
        somebody("ada", end=10, can_help_with={"maps"}, part=Part.CONNECTOR, groups={"docs"}),
        somebody("ben", end=10, wants_to_learn={"maps"}, part=Part.NEWCOMER, groups={"tests"}),
    )

    assert [clause(each, NAMES, "ada") for each in found] == [
        "You can help with maps, which Ben wants to learn",
        "Ben is new here, and you like to welcome people",
        "You have not met here before",
        "You come from different groups",
        "You both have 1 shared hour on weekdays",
    ]
    assert [clause(each, NAMES, "ben") for each in found[:2]] == [
        "Ada can help with maps, which you want to learn",
        "Ada likes to welcome people who are new",
    ]


@pytest.mark.parametrize(("ago", "words"), [(10, None), (720, "It is a long time since you last had a chat")])
def test_those_who_met_are_not_told_they_did_not(ago, words) -> None:
    found = reasons(somebody("ada"), somebody("ben"), [Met("ada", "ben", WEEK.start.date() - timedelta(days=ago))])

    assert [clause(each, NAMES, "ada") for each in found[:-1]] == ([words] if words else [])
    assert found[-1] == Reason(Good.SHARED_HOURS, minutes=480)


def test_employers_are_never_told() -> None:
    assert reasons(somebody("ada", employer="x"), somebody("ben", employer="y")) == reasons(
        somebody("ada"), somebody("ben")
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (48, "You both have 48 shared minutes on weekdays."),
        (95, "You both have 1½ shared hours on weekdays."),
        (60, "You both have 1 shared hour on weekdays."),
    ],
)
def test_hours_are_rounded_down_to_halves(minutes, words) -> None:
    assert sentence([Reason(Good.SHARED_HOURS, minutes=minutes)], NAMES, "ada") == words


def test_three_are_all_and_not_both() -> None:
    names = {**NAMES, "cleo": "Cleo"}

    found = sentence([Reason(Good.SHARED_TOPICS, topics=("docs", "maps", "tests"))], names, "cleo")

    assert found == "You all care about docs, maps and tests."
    assert sentence([], names, "cleo") == "You take part in the same round."
