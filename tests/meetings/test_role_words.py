"""Which call roles a charter names, and in which words. Pure."""

from __future__ import annotations

import pytest

from folkmoot.meetings.domain.role_words import NamedRole, Stated, call_roles_stated


def in_prose(*sentences: str) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in call_roles_stated([], [("calls", " ".join(sentences))])]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Each call has a moderator, a scribe and a crier.",
            [("moderator", "moderator"), ("scribe", "scribe"), ("crier", "crier")],
        ),
        ("At every meeting a **note taker** writes down what is decided.", [("scribe", "note taker")]),
        ("Minute-takers rotate from meeting to meeting.", [("scribe", "minute-taker")]),
        ("The *town crier* announces the call a week before.", [("crier", "town crier")]),
        ("Moderators and time keepers of calls change.", [("moderator", "moderator"), ("timekeeper", "time keeper")]),
        ("Calls are held without a moderator.", []),
        ("Moderators look after the Discord between calls.", []),
        ("The moderator is chosen by the committee.", []),
        ("The facilitator runs the meetings; the chair leads the calls.", []),
        ("We describe what we do in our meetings.", []),
        ("", []),
    ],
)
def test_call_roles_named_in_a_sentence(said, expected):
    assert in_prose(said) == expected


def test_items_of_a_list_are_sentences_of_their_own():
    text = "Our calls:\n* A scribe writes the minutes of each call.\n* There is no moderator.\n"

    assert in_prose(text) == [("scribe", "scribe")]


def test_a_described_role_goes_before_a_sentence_and_brings_its_duties_and_clause():
    roles = [
        NamedRole("Scribes", "Take the minutes\nand share them.", "roles"),
        NamedRole("Managers", "Lead.", "roles"),
        NamedRole("Scribe of honour", "", "roles"),
    ]

    found = call_roles_stated(roles, [("calls", "Each call has a note taker and a moderator.")])

    assert found == [
        Stated("scribe", "scribe", "Take the minutes and share them.", "roles"),
        Stated("moderator", "moderator", "", "calls"),
    ]
