"""Who was there, in the shapes in which communities write it. All people are invented."""

from __future__ import annotations

import pytest

from folkmoot.meetings.domain.minutes import ReadPerson, read_minutes


def read(text: str):
    [meeting] = read_minutes(f"# Care call 2026-03-05\n\n{text}\n").meetings
    return meeting


def codes(meeting, *, unless=("no_items",)):
    return [note.code for note in meeting.notes if note.code not in unless]


COUNTED = {
    "bullets": (
        "## Present\n\n* Ada Example @ada (TSC)\n* Ben Example (Observer)\n* Ибн Пример @ibn\n\n## Agenda\n- one",
        3,
    ),
    "links": (
        "## Present\n* [Ada Example](https://ada.example)\n* [Ben (Labs)](https://github.com/ben)\n---\n## Talk",
        2,
    ),
    "numbers": (
        "## Attendees (sign yourself in)\n\n 1. Ada Example (Labs)\n 2. Ben (Example, Inc.)\n\n## Notes\ntext",
        2,
    ),
    "handles": ("## Attendance\n\n**Write your handle here!**\n\n- ada\n- ben-x (back again)\n# Reminders\n- do", 2),
    "groups in labels": ("## Attendance\n\n* Team members: Ada, Ben\n* Others: cleo, dan\n\n## Rest", 4),
    "slashes": (
        "Hello, sign in below. Roll call:\n\n- **name** / **firm** / **handle**\n- Ada / Labs / @ada\n- Ben / @ben\n",
        2,
    ),
    "lines": ("## Attendees\nAda Example\nBen O'Example\n\n### Regrets\nCleo\n\n## Agenda\n* one", 2),
    "paragraphs": ("**Present**\n\nAda Example\n\nBen Example\n\n**Excused**\n\nCleo Example\n\n## Welcome\n\nDone", 2),
    "label without a colon": (
        "Attending\n\n* Ada Example (Labs)\n* Ben (Labs) - by phone, not on camera\n\nPad: https://x.example",
        2,
    ),
    "dashes": ("## Attendees\n- Ada (AE) Labs\n- Ben - Firm, Other (BEN)\n- Cleo - Labs\n", 3),
    "in one line": ("**Present:** Ada Example, Ben Example (remote), and Cleo Example", 3),
    "in one line with an unclear pair": (
        "## Attendance\n\nAda Example (labs/x),\nBen Example (The & Co),\nCleo Example\n",
        3,
    ),
    "without colons in bold": ("**Attending** Ada Example, Ben Example", 2),
    "hands": ("Attendees: `@ada`, `@ben`", 2),
    "handles in a row": ("Attending: @ada @ben @cleo", 3),
    "middle dots": ("Attendees: Ada Example · Ben Example", 2),
    "firms above people": (
        "Attendees:\n- Labs\n  - Ada Example\n  - Ben Example\n- Firm\n  - Cleo Example\n\nAgenda:\n- one",
        3,
    ),
    "ticks": ("# Attended by\n\n* [x] Ada Example\n* [ ] Ben Example\n* [X] Cleo Example", 2),
    "ticks in a line": ("**Present**: [X] Ada Example [ ] Ben Example [X] Cleo Example", 2),
    "table": ("| Name | GitHub | Company |\n|--|--|--|\n| Ada | @ada | Labs |\n| Ben | @ben | |\n", None),
    "table below a heading": ("## Attendees\n\n| Name | GitHub |\n|--|--|\n| Ada | @ada |\n| Ben | @ben |\n", 2),
    "table with marks": ("| Name | Present |\n|--|--|\n| Ada | ✅ |\n| Ben | ❌ |\n| Cleo | :heavy_check_mark: |", 2),
    "table of labels": ("| Attendees | Ada Example, Ben Example |\n| --- | --- |\n| Chair | Ada Example |\n", 2),
    "table in HTML": (
        "**TSC Members**\n\n<table>\n<tr><td>Ada</td><td>Labs</td><td>Yes</td></tr>\n"
        "<tr><td>Ben</td><td>Firm</td><td><br></td></tr>\n</table>\n\n**Agenda**",
        1,
    ),
    "list in HTML": (
        "<h2>Attendance</h2>\n<ul>\n\n<li>Ada Example</li>\n<li>Ben Example</li>\n</ul>\n<h2>Talk</h2>",
        2,
    ),
    "headings of groups": (
        "## Attendance:\n\n### Committee Members Attending\n- Ada Example\n\n### Committee Members Not attending:\n"
        "- Ben Example (ill)\n\n### Staff Attending\n- Cleo Example\n",
        2,
    ),
    "others": ("Present: Ada, Ben and 3 others", 5),
    "guests": (
        "## Roll call\n\n**Board members:**\n\n- Ada (president)\n\n**Absent:**\n\n- Ben\n\n**Guests:**\n\n- Cleo\n",
        2,
    ),
    "two labels, one empty": (
        "**In-person attendees:**\n\n**Remote attendees:** Ada (AE), Ben (BE)\nNot present: Cleo (CE)",
        2,
    ),
    "prose after the list": (
        "### Attendees\n\n* Ada\n* Ben\n\nThose present agreed that the request is closed for good now.",
        2,
    ),
    "table without outer bars": (
        "## Attendees\n\nName | Firm\n--- | ---\nAda Example\\* | Labs, Inc\nBen | Firm\n\n\\*: writes",
        2,
    ),
    "times in brackets": ("Attendance\n- Ada\n- Ben (joined at 17:15)\n- Cleo\n\nTopics\n- Release Planning", 3),
    "a sentence": ("In attendance were Ada Example, Ben Example and Cleo Example.\n\n## Talk", 3),
    "who": ("- When: Tuesday\n- Who:\n  - Ada Example\n  - Ben Example\n\n## Talk", 2),
    "rows of labels": ("|Present:|Ada Example, Ben Example<br>Cleo Example|\n|---|---|\n|Remote:|Dan Example|", 4),
    "staff beside": ("Voting members present: Ada Example, Ben Example\nStaff: Cleo Example\n\nOpened at 10:00", 3),
    "a link below": ("## Attendees:\n\n* Ada Example\n\nRecording: [https://x.example](https://x.example)\n", 1),
    "members of a board": (
        "### CALL TO ORDER\n\nBoard Members\n- Ada Example\n- Ben Example\n\nGuests\n- Cleo Example",
        3,
    ),
    "a folded part": ("<details>\n<summary>Attendees</summary>\n\n- Ada\n- Ben\n\n</details>\n\n## Agenda\n- one", 2),
    "plain text": ("2. Roll Call\n\n    Directors Present:\n\n      Ada Example\n      Ben Example\n\n3. Minutes\n", 2),
    "within an agenda": (
        "1. **Attendance**\n   - Present: Ada, Ben\n   - Apologies: Cleo\n2. **Old minutes**\n   - fine",
        2,
    ),
}


@pytest.mark.parametrize("shape", COUNTED)
def test_people_are_counted_in_the_shape(shape):
    text, count = COUNTED[shape]

    meeting = read(text)

    if count is None:
        assert "no_attendance" in codes(meeting)
    else:
        assert meeting.record.attendee_count == count, meeting.record.present


DOUBTED = {
    "no_attendance": "## Agenda\n\n1. Opening, welcome and roll call\n    1. Introduction of attendees\n2. Closure",
    "nobody_named": "Present:\n\n## News",
    "nobody_marked": "### Attendance\n\n| Name | Present? |\n|--|--|\n| Ada |  |\n| Ben |  |",
    "nobody_ticked": "## Attended by\n\n* [ ] Ada\n* [ ] Ben",
    "mark_unknown": "| Name | Present |\n|--|--|\n| Ada | yes |\n| Ben | perhaps |",
    "not_marked": "| Name | Present |\n|--|--|\n| Ada | yes |\n| Ben | no |",
    "not_ticked": "## Attendees\n- [x] Ada\n- [ ] Ben",
    "struck_out": "## Attendees\n- Ada\n- ~~Ben Example~~",
    "columns_guessed": "## Attendees\n\n| Ada | Labs |\n| Ben | Firm |",
    "commas_unclear": "## Attendees\n- Ada Example, Ben\n- Cleo\n- Dan\n- Eve",
    "line_not_a_person": "## Attendees\n- Ada\n- the usual crowd from the office down the road",
    "name_unlikely": "## Budget\n\n- Attendance: low this time",
    "nested_people": "## Attendees\n- Ada (Labs)\n  - Ben Example\n- Cleo",
    "attendance_hidden": "<!--\nBoard members\n- Ada\n-->\n\n## Agenda\n- one",
    "attendance_elsewhere": "## Introduction of attendees\n[Attendees](https://x.example/who)\n",
    "attendance_guessed": "Ada Example (AE), Ben Example (BE), Cleo Example (CE)\n\n## Introduction\ntext",
    "unnamed_unclear": "Present: Ada, Ben and several others",
    "count_differs": "Attendees (4): Ada, Ben, Cleo",
    "count_only": "### Attendance: 33\n\n## Reports\ntext",
    "person_twice": "Present: Ada Example, Ben Example, Ada Example",
    "present_and_absent": "Present: Ada Example, Ben Example\nRegrets: Ben Example",
    "role_not_listed": "Chair: Eve Example\nPresent: Ada Example, Ben Example",
    "instruction": "## Attendees\n\n- please add your name\n- Ada",
}


@pytest.mark.parametrize("code", DOUBTED)
def test_what_is_doubtful_about_people_is_told(code):
    assert code in codes(read(DOUBTED[code]))


def test_a_plain_list_raises_no_doubt():
    meeting = read("Present: Ada Example (Labs), Ben Example\nRegrets: Cleo Example\n\n## Talk\n\n- one")

    assert codes(meeting) == []
    assert [one.name for one in meeting.record.regrets] == ["Cleo Example"]


def test_what_is_said_about_a_person_is_told_apart():
    record = read("## Present\n\n- Ada Example (AE; @ada, Example Labs) – co-chair\n- Ben (guest)").record

    assert record.present == (
        ReadPerson("Ada Example", "ada", "Example Labs", "co-chair", False, "AE"),
        ReadPerson("Ben", "", "", "guest", True),
    )
    assert [one.line for one in record.present] == [5, 6]


def test_who_led_and_who_wrote_are_told():
    record = read("Facilitator: Ada Example (Labs)\nMinutes by Ben Example\n\nPresent: Ada Example, Ben Example").record

    assert (record.moderator, record.scribe) == ("Ada Example", "Ben Example")
