"""The day of a meeting, in the notations in which communities write it."""

from __future__ import annotations

from datetime import date, time

import pytest

from folkmoot.meetings.domain.minutes import read_minutes

DAY = date(2026, 3, 5)


def read(text: str, name: str = ""):
    [meeting] = read_minutes(text, name=name).meetings
    return meeting


def told(meeting):
    people = ("no_attendance", "no_items", "nobody_named")
    return [note.code for note in meeting.notes if note.code not in people]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Call 2026-03-05", ""),
        ("# Call, March 5th, 2026", ""),
        ("# Call of Thursday, 5 Mar. 2026", ""),
        ("# 2026-March-05 notes", ""),
        ("# Notes\n\n* Date: 2026-03-05T17:00:00Z", ""),
        ("# Notes\n\n### Date/Time: Thu 5 March 2026, 14:00 UTC", ""),
        ("# Notes\n\n| Date | 5 March 2026 |\n| --- | --- |\n| Place | here |", ""),
        ("---\ndate: 2026-03-05\n---\n# Notes", ""),
        ("# Notes", "meetings/2026-03-05.md"),
        ("# Notes", "20260305.md"),
        ("# Notes", "2026/03/05.md"),
        ("# 03/05", "2026/03/05.md"),
        ("# Agenda for the March 5 call", "2026/CG-03-05.md"),
        ("# Call 05/03/2026", "2026-03-05.md"),
        ("# Protokoll der Sitzung vom 05.03.2026\n\nDas ist die Sitzung und sie ist nicht lang.", ""),
        ("# Acta del 5 de marzo de 2026", ""),
        ("# Compte rendu du 5 mars 2026", ""),
        ("# Ata de 5 de março de 2026", ""),
        ("# 2026年3月5日", ""),
        ("Board meeting\n=============\n\nMarch 5, 2026, 19:30-20:45 UTC\n------------------------------\n", ""),
    ],
)
def test_the_day_is_read_without_a_doubt(text, name):
    meeting = read(text, name)

    assert (meeting.record.date, told(meeting)) == (DAY, [])


@pytest.mark.parametrize(
    ("text", "name", "day", "code"),
    [
        ("# Call", "", None, "no_date"),
        ("# Call 03/05/2026", "", None, "date_ambiguous"),
        ("# Call 31/02/2026", "", None, "date_impossible"),
        ("# Call 25/6/26", "", date(2026, 6, 25), "date_in_two_digits"),
        ("# Call of March 2026", "", None, "day_missing"),
        ("# Call of 5 March", "", None, "year_missing"),
        ("# Calls 2026, notes of Mar 5", "", DAY, "year_inferred"),
        ("# Call 2026-03-05", "2026-03-12.md", DAY, "dates_differ"),
        ("# Call\n\nWe met again, as we had said, on 5 March 2026 at the house of Ada.", "", DAY, "date_from_text"),
        ("# Call 2202-03-05", "", None, "no_date"),
        ("# Call, Monday 5 March 2026", "", DAY, "weekday_differs"),
        ("# Call, June 12-13, 2026", "", date(2026, 6, 12), "several_days"),
    ],
)
def test_a_doubtful_day_is_told(text, name, day, code):
    meeting = read(text, name)

    assert (meeting.record.date, code in told(meeting)) == (day, True), told(meeting)


def test_the_next_meeting_is_not_the_day():
    meeting = read(
        "# Call\n\nDate: 5 March 2026\n\nThe next meeting is on 12 March 2026.\n\n## Next meeting\n\n2026-03-12"
    )

    assert (meeting.record.date, told(meeting)) == (DAY, [])


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Time: 17:00-18:30 CET", (time(17), time(18, 30), "CET")),
        ("Time: 8 AM PST", (time(8), None, "PST")),
        ("When: 5 March 2026, 4pm-5pm UTC", (time(16), time(17), "UTC")),
        ("Time: 12PM US Eastern", (time(12), None, "US Eastern")),
        ("Date: 2026-03-05 (7:00am - 8:30am Europe/Lisbon)", (time(7), time(8, 30), "Europe/Lisbon")),
    ],
)
def test_times_are_read_with_the_words_of_their_zone(words, times):
    record = read(f"# Call 2026-03-05\n\n{words}").record

    assert (record.starts, record.ends, record.zone) == times


def test_several_meetings_of_a_file_are_told_apart():
    text = (
        "# Notes 2026\n\n## Feb 13\n\nAttendees: Ada, Ben\n- one\n\n## Jan 30\n\nAttendees:\n- Ada\n\n"
        "### Release of 2026-02-01\n\nfine\n\n## January 16th\n\nAttendees: Ada, Ben, Cleo\n"
    )

    file = read_minutes(text, name="2026.md")

    assert [(one.record.date, one.record.attendee_count) for one in file.meetings] == [
        (date(2026, 2, 13), 2), (date(2026, 1, 30), 1), (date(2026, 1, 16), 3),
    ]  # fmt: skip
    assert [one.code for one in file.notes] == ["several_meetings"]


def test_numbers_follow_the_order_of_other_dates_in_the_file_and_that_is_told():
    file = read_minutes("# Notes\n\n## 13/01/2026\n\nPresent: Ada\n\n## 03/02/2026\n\nPresent: Ada\n")

    assert [one.record.date for one in file.meetings] == [date(2026, 1, 13), date(2026, 2, 3)]
    assert "date_order_inferred" in [note.code for note in file.meetings[1].notes]
