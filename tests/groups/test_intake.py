from __future__ import annotations

from datetime import date, time

import pytest

from folkmoot.groups.domain.anchoring import anchored
from folkmoot.groups.domain.confirming import confirmed_reading
from folkmoot.groups.domain.differences import differences
from folkmoot.groups.domain.questions import scheduled
from folkmoot.groups.intake import take_in
from folkmoot.groups.terms import meeting_terms
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule
from folkmoot.kit.timetable import Row
from tests.factories.groups import CHARTER, group

TODAY = date(2026, 11, 23)
TABLE = CHARTER.replace(
    "We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.",
    "Our calls are bi-weekly starting Wed, Jan 22 2025.\n\n| Timezone | Time |\n| --- | --- |\n"
    "| PST | 8 am |\n| MST | 9 am |\n| CST | 10 am |\n| IST | 9:30 pm |",
)


def test_stated_zone_asks_nothing():
    assert take_in(CHARTER.encode(), {}, today=TODAY).is_ready


def test_open_table_is_asked_with_the_consequence_of_each_reading():
    intake = take_in(TABLE.encode(), {}, today=TODAY)

    (question,) = intake.questions

    options = {option.value: option.words for option in question.options}
    assert not intake.is_ready
    assert (question.key, question.flag) == ("meetings.0.zone", "--zone")
    assert options["UTC"].startswith("16:00 in UTC")
    assert "right all year" in options["UTC"]
    assert "until 14 March 2027" in options["America/Los_Angeles"]
    assert "IST" in options["America/Los_Angeles"]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("America/Los_Angeles", "08:00"),
        ("Asia/Kolkata", "21:30"),
        ("Asia/Calcutta", "21:30"),
        ("UTC", "16:00"),
        ("Europe/Berlin", "17:00"),
    ],
)
def test_answer_settles_the_wall_time(zone, at):
    intake = take_in(TABLE.encode(), {"meetings.0.zone": zone}, today=TODAY)

    assert intake.is_ready
    assert intake.reading()["meetings"][0]["local_time"] == at


@pytest.mark.parametrize("zone", ["PST", "Moon/Base", "", "x" * 500, "../../etc"])
def test_answer_that_is_no_zone_is_refused_with_its_key(zone):
    intake = take_in(TABLE.encode(), {}, today=TODAY)

    if not zone:
        return
    with pytest.raises(Refused) as refused:
        confirmed_reading(intake.charter, {"meetings.0.zone": zone}, today=TODAY)

    assert refused.value.params["key"] == "meetings.0.zone"


@pytest.mark.parametrize(
    "key", ["title", "meetings.7.zone", "objectives.99.name", "roles.0.power", "__class__", "meetings.0.zone.x"]
)
def test_answers_to_nothing_are_refused(key):
    intake = take_in(TABLE.encode(), {}, today=TODAY)

    with pytest.raises(Refused):
        confirmed_reading(intake.charter, {key: "x"}, today=TODAY)


def test_anchoring_in_a_zone_of_the_next_day_moves_the_weekday():
    rows = [Row("PST", time(20), ("America/Los_Angeles", "UTC-08:00"))]

    found = anchored(rows, "Asia/Tokyo", rule=Rule("WEEKLY", weekdays=(2,)), first=date(2025, 1, 22), today=TODAY)

    assert (found.at.hour, found.rule.weekdays, found.first) == (13, (3,), date(2025, 1, 23))


def test_weekly_calls_without_a_first_day_begin_at_once():
    text = CHARTER.replace(
        "every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025", "every Friday at 10:00 UTC"
    )
    intake = take_in(text.encode(), {}, today=TODAY)

    now = scheduled(intake.charter.meetings[0], {}, 0, today=TODAY)

    assert now.is_complete
    assert now.first == date(2026, 11, 27)


def test_every_second_week_without_a_first_day_is_asked():
    text = CHARTER.replace(", starting Wed, Jan 22 2025", "")
    intake = take_in(text.encode(), {}, today=TODAY)

    assert [q.kind for q in intake.questions] == ["first_date"]
    assert take_in(text.encode(), {"meetings.0.first_date": "2026-12-02"}, today=TODAY).is_ready


def test_differences_name_lines_and_ignore_line_endings():
    assert list(differences("a\nb\nc\n", "a\r\nb\r\nc\r\n")) == []
    (found,) = differences("a\nb\nc\n", "a\nB\nc\n")
    assert (found.kind, found.new_first, found.old, found.new) == ("changed", 2, ("b",), ("B",))


@pytest.mark.django_db
def test_terms_give_what_can_be_scheduled():
    (terms,) = meeting_terms(group().charters.get())

    assert (terms.zone, str(terms.local_time), terms.first_date.isoformat()) == (
        "America/Los_Angeles",
        "08:00:00",
        "2025-01-22",
    )
    assert (terms.duration_minutes, terms.duration_stated) == (60, False)
    assert terms.clause_anchor


@pytest.mark.django_db
def test_terms_leave_out_what_is_open():
    text = CHARTER.replace(
        "We meet every second Wednesday at 08:00 America/Los_Angeles, starting Wed, Jan 22 2025.", "We meet monthly."
    )

    assert meeting_terms(group(text=text).charters.get()) == []
