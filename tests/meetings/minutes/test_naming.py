"""Whom names in minutes mean. All people are invented."""

from __future__ import annotations

import pytest

from folkmoot.meetings.domain.minutes import MinutesRecord, Names, ReadAction, ReadDecision, ReadPerson
from folkmoot.meetings.domain.minutes.naming import KnownPeople, KnownPerson, NameMatch, match_names

PEOPLE = (
    KnownPerson(1, "Ada Example", ("ada-e",)),
    KnownPerson(2, "Ben Étoile", ("ben",), ("Benjamin Etoile",)),
    KnownPerson(3, "Cleo Sample"),
    KnownPerson(4, "Cleo Sample"),
    KnownPerson(5, "Dana"),
)


@pytest.mark.parametrize(
    ("name", "handle", "expected"),
    [
        ("Ada Example", "", ("sure", (1,), "name")),
        ("ada  EXAMPLE", "", ("sure", (1,), "name")),
        ("", "@Ada-E", ("sure", (1,), "handle")),
        ("Someone", "ada-e", ("sure", (1,), "handle")),
        ("Benjamin Etoile", "", ("sure", (2,), "name")),
        ("Ben Etoile", "", ("sure", (2,), "name")),
        # never sure by less
        ("Ada Example", "ben", ("ask", (1, 2), "differ")),
        ("Cleo Sample", "", ("ask", (3, 4), "several")),
        ("Dana", "", ("ask", (5,), "part")),
        ("Ada", "", ("ask", (1,), "alike")),
        ("Example, Ada", "", ("ask", (1,), "alike")),
        ("Ada B. Example", "", ("ask", (1,), "alike")),
        # nobody
        ("Eve Stranger", "", ("guest", (), "")),
        ("Ada Stranger", "", ("guest", (), "")),
        ("", "nobody", ("guest", (), "")),
    ],
)
def test_a_name_means_somebody_for_sure_perhaps_or_nobody(name, handle, expected):
    assert KnownPeople(PEOPLE).whose(name, handle) == expected


RECORD = MinutesRecord(
    present=(
        ReadPerson("Ada Example", "ada-e", initials="AE"),
        ReadPerson("Ben Étoile"),
        ReadPerson("Eve Stranger"),
    ),
    moderator="Ada",
    scribe="@ada-e",
    decisions=(ReadDecision("Yes.", names=Names(approve=("AE", "Ben"), decline=("Dana",)), moved_by="BE"),),
    actions=(ReadAction("Write.", owner="Eve and Ben Étoile"), ReadAction("Nobody’s."), ReadAction("x", owner="TBD")),
)


def test_within_a_meeting_short_names_are_those_who_are_listed():
    found = match_names(RECORD, KnownPeople(PEOPLE))

    assert [(name.shown, name.places, name.verdict, name.people) for name in found] == [
        ("Ada Example", ("present", "moderator", "scribe", "decision"), "sure", (1,)),
        ("Ben Étoile", ("present", "decision", "action"), "sure", (2,)),
        ("Eve Stranger", ("present", "action"), "guest", ()),
        ("Dana", ("decision",), "ask", (5,)),
    ]


def test_a_short_name_that_fits_two_who_are_listed_is_neither():
    record = MinutesRecord(present=(ReadPerson("Ada Example"), ReadPerson("Ada Other")), scribe="Ada")

    assert [name.key for name in match_names(record, KnownPeople(()))] == ["ada example", "ada other", "ada"]


def test_answers_go_before_everything():
    found = match_names(RECORD, KnownPeople(PEOPLE), {"dana": None, "eve stranger": 3, "ada example @ada-e": None})

    assert [(name.key, name.verdict, name.person) for name in found] == [
        ("ada example @ada-e", "guest", None),
        ("ben etoile", "sure", 2),
        ("eve stranger", "sure", 3),
        ("dana", "guest", None),
    ]


def test_a_name_that_is_only_asked_about_is_nobody_s_yet():
    assert NameMatch("dana", "Dana", ("scribe",), "ask", (5,)).person is None
