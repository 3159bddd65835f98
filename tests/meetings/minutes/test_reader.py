"""Topics, decisions and actions of minutes, and files that are hardly any."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.minutes import (
    Counts,
    Names,
    read_folder,
    read_minutes,
    read_resolution,
    write_minutes,
)
from tests.meetings.minutes.strategies import HOSTILE


def record(text: str):
    [meeting] = read_minutes(f"# Call 2026-03-05\n\nPresent: Ada, Ben\n\n{text}\n").meetings
    return meeting.record


def codes(text: str):
    return {note.code for note in read_minutes(f"# Call 2026-03-05\n\nPresent: Ada, Ben\n\n{text}\n").all_notes}


@pytest.mark.parametrize(
    ("text", "owner", "due", "done"),
    [
        ("AI: Ada to write the letter by 12 March 2026", "Ada", date(2026, 3, 12), False),
        ("- ACTION @ada write the letter", "ada", None, False),
        ("- **[Action - Ada]** write the letter", "Ada", None, False),
        ("- [x] @ada to write the letter", "ada", None, True),
        ("## Action items\n\n- Write the letter (Ada Example)", "Ada Example", None, False),
        ("## Action items\n\n- Write the letter\n    - Assigned: Ada\n    - Done", "Ada", None, True),
        (
            "## Next steps\n\n| Action | Owner | Due |\n|--|--|--|\n| Write | Ada | 2026-03-12 |",
            "Ada",
            date(2026, 3, 12),
            False,
        ),
        ("### To do\n\nAda\n\n- write the letter", "Ada", None, False),
    ],
)
def test_actions_are_read_with_owner_and_due(text, owner, due, done):
    [action] = record(text).actions

    assert (action.owner, action.due, action.done) == (owner, due, done)


def test_an_action_without_an_owner_is_told():
    assert "no_owner" in codes("## Action items\n\n- somebody should write the letter")


@pytest.mark.parametrize(
    ("text", "way", "outcome", "counts", "names"),
    [
        ("Resolved: we adopt it.", "", "carried", Counts(), Names()),
        ("**Motion:** adopt it\n\nMotion passed.", "motion", "carried", Counts(), Names()),
        ("- **Motion: Reject the change**\n\n    * Passed", "motion", "carried", Counts(), Names()),
        ("Motion: adopt it. Moved by Ada, seconded by Ben, carried.", "motion", "carried", Counts(), Names()),
        ("- DECISION: adopt it. Vote: 5 yes, 1 no, 2 abstain", "vote", "carried", Counts(5, 1, 2), Names()),
        (
            "Motion: adopt it\n- In favour: Ada, Ben\n- Against: Cleo\n- Result: carried",
            "vote",
            "carried",
            Counts(),
            Names(("Ada", "Ben"), ("Cleo",)),
        ),
        (
            "Motion: adopt it\n\nVote:\n- Ada - Yay\n- Ben - Nay\n- Cleo - No vote\n\n**FAILED**",
            "vote",
            "declined",
            Counts(),
            Names(("Ada",), ("Ben",), (), ("Cleo",)),
        ),
        ("## Decisions\n\n- We adopt it, consensus in the room", "consensus", "", Counts(), Names()),
    ],
)
def test_decisions_are_read_with_their_votes(text, way, outcome, counts, names):
    [decision] = record(text).decisions

    assert (decision.way, decision.outcome, decision.counts, decision.names) == (way, outcome, counts, names)


def test_who_moved_and_who_seconded_are_read():
    [decision] = record("Motion: adopt it\n\n- Sponsor: Ada Example\n- Second: Ben Example").decisions

    assert (decision.moved_by, decision.seconded_by) == ("Ada Example", "Ben Example")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("counts_differ", "Motion: adopt it\n- In favour (3): Ada, Ben\n- carried"),
        ("outcome_differs", "Motion: adopt it. Vote: 1 yes, 4 no. Carried."),
        ("voted_twice", "Motion: adopt it\n- In favour: Ada, Ben\n- Against: Ada\n- carried"),
        ("outcome_unknown", "Motion: adopt it some day"),
    ],
)
def test_contradictions_of_a_decision_are_told(code, text):
    assert code in codes(text)


def test_topics_keep_what_was_written_below_them():
    items = record("## Agenda\n\n### 1. Welcome (5 min, Ada)\n\n- hello\n    - again\n\n### News\n\ntext\n").items

    assert [(one.title, one.minutes, one.owner, one.kind, one.notes) for one in items] == [
        ("Welcome", 5, "Ada", "", "- hello\n    - again"), ("News", None, "", "announcement", "text"),
    ]  # fmt: skip


def test_bullets_of_an_agenda_are_topics():
    items = record("Intro.\n\n## Agenda\n\n- Budget [10 min]\n  - enough\n- Party\n").items

    assert [(one.title, one.minutes, one.notes) for one in items] == [
        ("", None, "Intro."), ("Budget", 10, "- enough"), ("Party", None, ""),
    ]  # fmt: skip


def test_topic_of_the_agenda_that_has_a_heading_below_is_one_topic():
    text = """# 2 September 2026

## Agenda

1. Garden roles (10 min)
2. A meetup in spring
3. Anything else

## Garden Roles:

Three of them stay.

## A meetup in spring

Where?

## A meetup in spring

And when?
"""
    (meeting,) = read_minutes(text).meetings

    assert [(item.title, item.minutes, item.notes) for item in meeting.record.items] == [
        ("Anything else", None, ""),
        ("Garden Roles", 10, "Three of them stay."),
        ("A meetup in spring", None, "Where?"),
        ("A meetup in spring", None, "And when?"),
    ]


def test_more_topics_than_are_kept_are_told():
    assert "too_many" in codes("".join(f"## Topic {number}\n\ntext\n\n" for number in range(1_001)))


def test_a_file_in_our_form_that_was_changed_by_hand_is_read_and_told():
    text = write_minutes(record("## Talk\n\ntext"))
    added = text.replace("- Ben", "- Ben\n- Cleo · from Labs")
    broken = text.replace("- Ben", "Ben, and Cleo")
    retitled = text.replace("# Call", "# Our call")

    assert [one.name for one in read_minutes(added).meetings[0].record.present] == ["Ada", "Ben", "Cleo"]
    assert [note.code for note in read_minutes(retitled).notes] == ["changed_by_hand"]
    assert "form_broken" in [note.code for note in read_minutes(broken).notes]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", {"empty"}),
        (b"%PDF-1.7 \x00\x01", {"not_text"}),
        (bytes(range(256)) * 20, {"not_text"}),
        ("\ufeff# Call 2026-03-05".encode(), set()),
        ("# Call 2026-03-05\r\nPresent: J\u00fcrgen".encode("cp1252"), {"encoding_guessed"}),
        ("# Call 2026-03-05\nPresent: Ada".encode("utf-16"), set()),
        ("# Call 2026-03-05\nPresent: Ada".encode("utf-16-le"), {"encoding_guessed"}),
        (b"# Call 2026-03-05\n" + b"x" * 9_000, {"long_line"}),
        (b"# Call 2026-03-05\n" + b"\n" * 20_001, {"cut_off"}),
    ],
)
def test_every_file_is_answered_with_notes_rather_than_an_exception(data, codes):
    assert {note.code for note in read_minutes(data).notes} == codes


PIECES = (
    "Present: ",
    "## Attendees",
    "Regrets:",
    "- ",
    "* [x] ",
    "| ",
    "|--|",
    "Ada Example",
    ", ",
    "(",
    ")",
    "@",
    "Resolved: ",
    "Vote: 3 yes, 1 no",
    "In favour: Ada",
    "AI: ",
    "2026-03-05",
    "03/04/2026",
    "5 March",
    "<table>",
    "<tr><td>",
    "</table>",
    "<!--",
    "-->",
    "```",
    "    ",
    "**",
    "~~",
    "[a](b)",
    "http://x.example/(",
    "---",
    "and 3 others",
    "Date: ",
    "Time: 5pm",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *HOSTILE, "\n", "\n", "\n\n"]), max_size=40).map("".join))
def test_no_text_makes_the_reader_fail_and_no_word_of_it_is_lost(text):
    file = read_minutes(text, name="notes/2026-03.md")

    kept = " ".join(str(meeting) for meeting in file.meetings) + str(file.notes)
    assert bool(file.meetings) or any(note.code in ("empty", "not_text") for note in file.notes)
    if "Ada Example" in text and file.meetings and "<!--" not in text:
        assert re.search(r"Ada|Example", kept)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30_000,
        "<a " * 20_000,
        "<!--\n" * 4_000,
        "|a|b|\n" * 4_000,
        "Present: " + "Ada Example, " * 5_000,
        "## Attendees\n" + "".join(f"- Ada Example{number} (Labs)\n" for number in range(3_000)),
        "> " * 20_000,
        "Resolved: x\n" * 2_000,
        "Vote: " + "1 yes 2 no " * 4_000,
        "<table>\n" * 4_000,
        "_" * 30_000,
        " " * 30_000,
    ],
    ids=range(12),
)
def test_hostile_files_are_read_in_bounded_time(text, process_time):
    with process_time(most=3.0):
        read_minutes(text)


def test_a_resolution_of_others_is_read():
    text = (
        "# RESOLUTION 2023-04: Adopt the code\n\nStatus: Adopted\nDate: 2023-05-06\n\nWe adopt the code.\n\n"
        "- In favour: Ada, Ben\n- Against: none\n"
    )

    read = read_resolution(text, name="RESOLUTION-2023-04.md")

    one = read.resolution
    assert (one.number, one.year, one.title, one.status, one.outcome) == (
        4,
        2023,
        "Adopt the code",
        "Adopted",
        "carried",
    )
    assert (one.decided, one.counts, one.names) == (date(2023, 5, 6), Counts(None, 0), Names(("Ada", "Ben")))
    assert read.notes == ()


def test_a_folder_of_others_is_read_by_path():
    files = {
        "README.md": "# Our minutes\n",
        "2026/03-05.md": "# Call\n\nPresent: Ada\n",
        "2026/02-05.md": b"# Call\n\nPresent: Ada, Ben\n",
        "logo.png": b"\x89PNG",
        "resolutions/RESOLUTION-2026-01.md": "# Resolution 2026-01\n\nWe do.\n",
    }

    series = read_folder(files)

    assert [(one.date, one.attendee_count) for one in series.records] == [(date(2026, 2, 5), 2), (date(2026, 3, 5), 1)]
    assert [(path, one.resolution.number) for path, one in series.resolutions] == [
        ("resolutions/RESOLUTION-2026-01.md", 1)
    ]
