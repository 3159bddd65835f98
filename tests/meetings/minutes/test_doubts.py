"""What cannot be known for sure is told, in invented minutes of shapes that others write."""

from __future__ import annotations

import pytest

from folkmoot.meetings.domain.minutes import ReadMeeting, read_minutes


def read(text: str) -> ReadMeeting:
    return read_minutes(text).meetings[0]


def doubts(meeting: ReadMeeting) -> set[str]:
    return {one.code for one in meeting.notes if one.severity == "open"}


def in_call(text: str) -> ReadMeeting:
    return read(f"# Care call 2026-03-05\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Attendees: Ada Example / Ben Example / Cleo Example", "only_one"),
        ("Present: Ada Ben Cleo", "only_one"),
        ("Present: Ada Example, Ben Example, and the rest of the team", "unnamed_unclear"),
        ("Present: Ada Example, Ben Example, ?", "unnamed_unclear"),
        ("Present: Ada, Ben, Na, Cleo", "line_not_a_person"),
        ("Present: Ada, Ben Example, Ada Example", "maybe_twice"),
        ("Present: Ada Example, Ada E., Ben Example", "maybe_twice"),
        ("Attendees: Ada Example, Ben Example and guests", "unnamed_unclear"),
        ("Attendees: Ada Example, Ben Example...", "unnamed_unclear"),
        ("Attendees:\n- Ada Example\n- +1 555 010 9999\n- Ben Example", "unnamed_unclear"),
        ("Participants:\n- Ada Example\n- iPhone\n- Ben Example", "name_unlikely"),
        ("Attendance (Y/N):\n- Ada Example Y\n- Ben Example N\n- Cleo Example Y", "key_of_signs"),
        ("Present: Ada Example, Ben Example\nBy radio: Cleo Example, Dora Example", "names_beside"),
        ("Present: Ada Example, Ben Example\n\nQuorum was met (5 out of 7 members were present).", "count_differs"),
        ("Es waren 17 Personen anwesend.", "count_only"),
        ("Chair: Cleo Example\nPresent: Ada Example, Ben Example", "role_not_listed"),
        ("## Attendees\n\n**Invited**: Ada Example, Ben Example", "listed_elsewhere"),
        ("## Attendees\n- Ada Example\n- Invited:\n  - Ben Example", "listed_elsewhere"),
        ("Attendees: Ada Example, Ben Example (tentative)", "perhaps_absent"),
        ("Attendees: Ada Example, Ben Example (mentioned, but did not join)", "perhaps_absent"),
        ("Attendees: Ada Example, Example Labs, Ben Example, Sample Inc", "name_unlikely"),
        ("Present: Ada Example, Ben Example, Cleo\nSample foundation of three", "line_not_a_person"),
        ("## Attendees (present in bold)\n- **Ada Example**\n- Ben Example", "key_of_signs"),
        ("## Attendees\n\n\\* denotes present\n\n- Ada Example*\n- Ben Example", "key_of_signs"),
        ("## Attendance\n- P Ada Example\n- A Ben Example", "key_of_signs"),
        ("## Attendees\n- Ada Example - x\n- Ben Example -\n- Cleo Example - x", "sign_missing"),
        ("## Attendees\n- ✅ Ada Example\n- Ben Example", "sign_missing"),
        ("## Attendance\n- Ada Example (P)\n- Ben Example (A)\n- Cleo Example (P)", "mark_unknown"),
        ("## Attendees\n- Ada Example\n- Ben Example\n- x", "line_not_a_person"),
        ("## Attendees\n* Ada Example\n* Ben Example\n\nSribe: Cleo", "line_not_a_person"),
        ("## Attendees\n\nTable 1: Invited\n\n| Name |\n|--|\n| Ada |\n| Ben |", "line_not_a_person"),
        ("Attendees:\n| Name | Voting |\n|--|--|\n| Ada | yes |\n| Ben | no |", "columns_guessed"),
        ("**Date**: 2026-03-05\n\nPresent: Ada, Ben\n\n**Date**: 2026-03-12\n\nPresent: Ada, Cleo", "list_again"),
        ("Present: Ada, Ben\n\n## 2026-03-12\n\nSomething", "another_day"),
        ("## Attendees\n- Ada Example, Ben Example\n- Cleo Example, Dora Example", "commas_unclear"),
        ("## Attendees\n- Ada\n- Ben\n\n## Demo\n- Present: slides, video, code", "list_again"),
        ("## Agenda\n- Attendance\n  - Budget Review\n  - Website Plan", "attendance_guessed"),
    ],
)  # fmt: skip
def test_a_count_that_may_be_wrong_is_told(text, code):
    assert code in doubts(in_call(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Week of March 2, 2026", "day_missing"),
        ("# Call 2026-03-05 and 2026-03-06", "dates_differ"),
        ("# Call 03.05.2026\n\nThe notes.", "date_order_inferred"),
        ("# Call 03.25.2026\n\nDate: 03.05.2026", "dates_differ"),
        ("# Call\n\nLast updated: 2026-03-05", "no_date"),
        ("# Call\n\nDate: March 5 2026 (March 6 in Asia)", "dates_differ"),
        ("# Call\n\n## v1.2.0 - 2026-03-01", "date_from_text"),
        ("# Since 2020-01-01: weekly notes", "date_from_text"),
        ("# Call\n\nMinutes of 2026-02-26 approved", "no_date"),
        ("# Call\n\n© 2026-01-01 Example Labs", "no_date"),
    ],
)
def test_a_day_that_may_be_wrong_is_told(text, code):
    assert code in doubts(read(f"{text}\n\nPresent: Ada Example, Ben Example"))


def test_a_day_in_the_text_contradicts_the_name_of_the_file():
    [meeting] = read_minutes("# Call\n\nText.\n\nText.\n\nPlace, on 1 March 2026\n", name="2026-03-05-call.md").meetings

    assert "dates_differ" in doubts(meeting)


@pytest.mark.parametrize(
    ("text", "present", "regrets"),
    [
        ("## Attendees\n[x] Ada\n[ ] Ben\n[x] Cleo", 2, 1),
        ("## Attendees\n- Ada [x]\n- Ben [ ]\n- Cleo [x]", 2, 1),
        ("## Attendees\n- ✅ Ada\n- ❌ Ben\n- ✅ Cleo", 2, 1),
        ("## Attendees\n- Ada :white_check_mark:\n- Ben :x:\n- Cleo ✔️", 2, 1),
        ("## Attendees\n- Ada: Y\n- Ben: N\n- Cleo: yes", 2, 1),
        ("Attendees: Ada, Ben (regrets), Cleo", 2, 1),
        ("Present: Ada, ~~Ben~~, Cleo", 2, 0),
        ("## Present\n- ~~Ada~~ (Labs)\n- Ben\n- <s>Cleo</s>\n- Dora", 2, 0),
        ("## Present\n- Care team: @labs/care\n- Ada (@ada)\n- Ben (@ben)", 2, 0),
        ("<p>Attendees:</p>\n<ul><li>Ada Example</li><li>Ben Example</li></ul>", 2, 0),
        ("## Attendees\n- AE - Ada Example, Labs, UK [L], Chair\n- BE - Ben Example, Labs, UK [L]", 2, 0),
        ("## Attendees\n- Ada Example | Labs\n- Ben Example | Works", 2, 0),
        ("## Attendees\n- **Moderator:** Ada Example | Labs\n- Ben Example | Works", 2, 0),
        ("Attendees: A. Example (Labs), B. Example (Works\nand Tools), C. Example,\nD. Example (Labs)", 4, 0),
        ("## Attendees\n|  | Name |\n|--|--|\n| X | Ada |\n| X | Ben |\n|  | Cleo |", 2, 0),
        ("## Attendees\n- Ada\n- Ben\n- Total: 2", 2, 0),
        ("| Present | Apologies |\n|--|--|\n| Ada Example<br>Ben Example | Cleo Example |", 2, 1),
        ("## Attendees\n| Firm | Attendees |\n|--|--|\n| L | Ada Example, Dora Example |\n| M | Ben Example |", 3, 0),
        ("Attendees: Ada Example, Jr., Ben Example, PhD, Cleo Example", 3, 0),
        ("Attendees: @ada @ben and Cleo Example", 3, 0),
        ("Attendees: Ada Example +1, Ben Example", 3, 0),
        ("## Attendees\n* @Ada Example\n* @Ben Example\n* [~cleo]", 3, 0),
        ("## Roll call\n### Attended this meeting\n- Ada\n- Ben\n### Attended in the past\n- Cleo\n- Dora", 2, 0),
        ("Attendees:: [[Ada Example]], [[people/ben|Ben Example]]", 2, 0),
        ("Present: Ada Example, Director, Chair; Ben Example, Clerk; Cleo Example", 3, 0),
        ("Attendees:\n\n* Ada\n* Ben\n\n1. Welcome\n    1. Recording on\n2. Budget", 2, 0),
        ("Present: Ada, Ben\nGuests: 3", 5, 0),
        ("### Present\nAda, Ben, Cleo\n\n### Guests\n+1", 4, 0),
        ("Present: 12 members (the list is in the book)", 0, 0),
    ],
)
def test_signs_and_words_beside_names_are_understood(text, present, regrets):
    meeting = in_call(text)

    assert (meeting.record.attendee_count, len(meeting.record.regrets)) == (present, regrets)
    assert doubts(meeting) == (set() if present else {"count_only"})


def test_a_number_before_a_dash_is_no_first_day():
    record = read("## Slot 2 - 19 March 2026\n\nPresent: Ada, Ben").record

    assert (str(record.date), record.until) == ("2026-03-19", None)
