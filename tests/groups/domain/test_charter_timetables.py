"""Tables of times: found in every form, never in another table, and read both ways."""

from __future__ import annotations

from datetime import time

import pytest

from folkmoot.groups.domain.charter.words.notes import words
from tests.groups.domain.reading import codes, meetings_of, understood

ROWS = [("PST", time(8)), ("MST", time(9)), ("IST", time(21, 30))]
UPRIGHT = "| Timezone | Time |\n| --- | --- |\n| PST | 8 am |\n| MST | 9 am |\n| IST | 9:30 pm |"
BIWEEKLY = "Calls are bi-weekly starting Wed, Jan 22 2025."


@pytest.mark.parametrize(
    "table",
    [
        UPRIGHT,
        "| PST | 8 am |\n| --- | --- |\n| MST | 9 am |\n| IST | 9:30 pm |",
        "| PST | MST | IST |\n| --- | --- | --- |\n| 8 am | 9 am | 9:30 pm |",
        "| Region | Local time |\n| --- | --- |\n| Pacific (PST) | 08:00 |\n| Mountain (MST) | 09:00 |\n| India (IST) | 21:30 |",
        "- 8:00 AM PST\n- 9:00 AM MST\n- 9:30 PM IST",
        "- PST: 8 am\n- MST: 9 am\n- IST: 9:30 pm",
        "<table><tr><th>Zone</th><th>Time</th></tr><tr><td>PST</td><td>8 am</td></tr>\n"
        "<tr><td>MST</td><td>9 am</td></tr>\n\n<tr><td>IST</td><td>9:30 pm</td></tr></table>",
    ],
    ids=["upright", "without heading", "lying", "regions", "list", "labelled list", "html"],
)
def test_timetable_is_found_in_every_form(table):
    (meeting,) = meetings_of(f"{BIWEEKLY}\n\n{table}")

    assert meeting.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"
    assert [row.time for row in meeting.table] == [at for _, at in ROWS]
    assert [label in row.label for (label, _), row in zip(ROWS, meeting.table, strict=True)] == [True] * 3
    assert meeting.zone is None


def test_timetable_may_be_spoken():
    (meeting,) = meetings_of("We meet on Wednesdays at 8 am PST / 11 am EST / 9:30 pm IST.")

    assert [(row.label, row.time) for row in meeting.table] == [
        ("PST", time(8)),
        ("EST", time(11)),
        ("IST", time(21, 30)),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Project | Lead |\n| --- | --- |\n| IST | Ada Example |",
        "| Item | Time |\n| --- | --- |\n| Welcome | 10 min |\n| Reports | 20 min |",
        "| Date | Time |\n| --- | --- |\n| 2025-01-22 | 16:00 UTC |",
        "| Name | Country |\n| --- | --- |\n| Ada | India |\n| Bob | Kenya |",
        "| Meeting | Zone | Time | Day |\n| --- | --- | --- | --- |\n| Main | UTC | 15:00 | Monday |\n| APAC | UTC | 03:00 | Tuesday |",
    ],
)
def test_other_tables_are_no_timetable(table):
    assert all(not meeting.table for meeting in meetings_of(table))


def test_timetable_elsewhere_is_none():
    charter = understood(f"# G\n\n## Members\n\n{UPRIGHT}\n")

    assert charter.meetings == ()


def test_timetable_with_one_reading_settles_the_zone():
    (with_utc,) = meetings_of("Weekly on Mondays.\n\n| Zone | Time |\n|---|---|\n| PST | 8 am |\n| UTC | 16:00 |")
    (with_name,) = meetings_of(
        "Weekly on Mondays.\n\n| Zone | Time |\n|---|---|\n| Europe/Berlin | 17:00 |\n| PST | 8 am |"
    )
    (agreeing,) = meetings_of("Weekly on Mondays.\n\n| Zone | Time |\n|---|---|\n| PT | 8 am |\n| ET | 11 am |")

    assert (with_utc.zone, with_utc.local_time) == ("UTC", time(16))
    assert (with_name.zone, with_name.local_time) == ("Europe/Berlin", time(17))
    assert (agreeing.zone, agreeing.local_time) == ("America/Los_Angeles", time(8))


def test_timetable_of_sure_zones_that_pull_apart_stays_open():
    (meeting,) = meetings_of("Weekly on Mondays at 10:00 AM PT / 1:00 PM ET / 6:00 PM UTC")

    assert meeting.zone is None
    assert [(anchor.zone, anchor.local_time) for anchor in meeting.anchors] == [
        ("America/Los_Angeles", time(10)),
        ("UTC", time(18)),
    ]


def test_a_time_with_others_in_brackets_is_the_one_that_counts():
    (meeting,) = meetings_of("Weekly on Mondays at 9:00 PT (12:00 ET, 17:00 UTC)")

    assert (meeting.zone, meeting.local_time) == ("America/Los_Angeles", time(9))
    assert len(meeting.table) == 3


def test_a_time_in_brackets_does_not_settle_the_one_before_it():
    (meeting,) = meetings_of("Weekly on Mondays at 5pm CET (4pm UTC)")

    assert (meeting.zone, meeting.local_time) == (None, time(17))
    assert [anchor.zone for anchor in meeting.anchors] == ["Europe/Berlin", "UTC+01:00"]


def test_two_readings_are_both_shown_with_the_days_on_which_the_answer_changes():
    charter = understood(f"# G\n\n## Meetings\n\n{BIWEEKLY}\n\n{UPRIGHT}\n")

    (note,) = [note for note in charter.notes if note.code == "timetable_two_readings"]
    fixed, wall = note.params["readings"]
    assert note.severity == "error"
    assert charter.has_errors
    assert (fixed["anchor"], fixed["time"], fixed["always_right"], fixed["changes"]) == ("UTC", "16:00", True, [])
    assert (wall["anchor"], wall["time"], wall["always_right"]) == ("America/Los_Angeles", "08:00", False)
    assert [(change["date"], change["right"]) for change in wall["changes"]] == [
        ("2025-03-09", False),
        ("2025-11-02", True),
    ]
    assert wall["changes"][0]["wrong"] == [{"label": "IST", "zone": "Asia/Kolkata"}]
    assert [change["date"] for change in wall["upcoming"]] == ["2027-03-14", "2027-11-07"]
    assert words(note)[0] == (
        "This table of times can be read in more than one way: as fixed offsets (16:00 UTC) it holds all year; as 08:00 "
        "wall time in Los Angeles (America/Los_Angeles) it is wrong for IST (Kolkata) from 9 March 2025, right again from "
        "2 November 2025; next: wrong for IST (Kolkata) from 14 March 2027, right again from 7 November 2027."
    )


def test_a_settled_table_that_breaks_is_a_warning():
    charter = understood(
        "# G\n\n## Meetings\n\nWeekly on Mondays at 9:00 PT (17:30 Asia/Kolkata)\n\nCalls last an hour.\n"
    )
    breaking = understood("# G\n\n## Meetings\n\nWeekly on Mondays at 9:00 PT (17:00 UTC)\n")

    assert not charter.has_errors
    assert not breaking.has_errors
    assert "timetable_breaks" in [code for _, code in codes(breaking)]


def test_a_table_that_is_never_right_is_said_to_be():
    charter = understood(
        "# G\n\n## Meetings\n\nWeekly.\n\n| Zone | Time |\n|---|---|\n| PST | 8 am |\n| JST | 8 am |\n"
    )

    assert (9, "timetable_never_right") in codes(charter)


def test_a_label_that_no_one_knows_is_said():
    charter = understood(
        "# G\n\n## Meetings\n\nWeekly.\n\n| Zone | Time |\n|---|---|\n| PST | 8 am |\n| IST | 9:30 pm |\n| Moon | 7 am |\n"
    )

    assert (9, "timetable_label_unknown") in codes(charter)
    assert charter.meetings[0].table[2].zone_candidates == ()


def test_a_table_of_very_many_rows_is_shown_and_not_judged():
    rows = "\n".join(
        f"| {name} | 8 am |" for name in ("PST", "MST", "CST", "EST", "IST", "BST", "CET", "EET", "AST", "NST", "GMT")
    )

    (meeting,) = meetings_of(f"Weekly on Mondays.\n\n| Zone | Time |\n|---|---|\n{rows}")

    assert len(meeting.table) == 11
    assert meeting.zone is None
