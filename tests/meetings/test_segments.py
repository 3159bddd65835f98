from __future__ import annotations

from datetime import date, time, timedelta

from folkmoot.kit.recurrence import Rule
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.domain.segments import Segment, Wanted, segments

HOUR = timedelta(hours=1)
BEGAN = date(2025, 1, 8)


def wanted(at=8, *, weekday=2, first=date(2025, 1, 22), duration=HOUR, terms="v1", zone="America/Los_Angeles"):
    return Wanted(Plan(Rule("WEEKLY", interval=2, weekdays=(weekday,)), first, time(at), zone), duration, terms)


def test_first_version_begins_with_its_own_first_date():
    found = segments([(date(2026, 1, 1), {0: wanted()})])

    assert found == {0: [Segment(wanted().plan, HOUR, "v1", None)]}


def test_version_that_leaves_the_times_alone_only_brings_its_words():
    again = wanted(first=date(2026, 1, 7), terms="v2")

    found = segments([(BEGAN, {0: wanted()}), (date(2026, 1, 1), {0: again})])

    assert found == {0: [Segment(wanted().plan, HOUR, "v2", None)]}


def test_other_time_ends_the_series_on_the_day_before_and_begins_another():
    found = segments([(BEGAN, {0: wanted()}), (date(2026, 3, 1), {0: wanted(at=9, terms="v2")})])

    old, new = found[0]
    assert (old.plan, old.ends_on) == (wanted().plan, date(2026, 2, 28))
    assert (new.plan.first, new.plan.at, new.ends_on) == (date(2026, 3, 4), time(9), None)


def test_other_duration_begins_another_series_too():
    found = segments([(BEGAN, {0: wanted()}), (date(2026, 3, 1), {0: wanted(duration=2 * HOUR)})])

    assert [one.duration for one in found[0]] == [HOUR, 2 * HOUR]


def test_version_without_the_meeting_ends_it_and_a_later_one_brings_it_back():
    found = segments([(BEGAN, {0: wanted()}), (date(2026, 3, 1), {}), (date(2026, 6, 1), {0: wanted(terms="v3")})])

    old, new = found[0]
    assert old.ends_on == date(2026, 2, 28)
    assert (new.plan.first, new.terms) == (date(2026, 6, 10), "v3")


def test_further_meeting_begins_on_the_day_of_its_version():
    found = segments(
        [(BEGAN, {0: wanted()}), (date(2026, 3, 1), {0: wanted(), 1: wanted(weekday=4, first=date(2025, 1, 24))})]
    )

    assert found[0] == [Segment(wanted().plan, HOUR, "v1", None)]
    assert found[1][0].plan.first == date(2026, 3, 6)


def test_versions_of_one_day_count_as_the_last_of_them():
    found = segments([(BEGAN, {0: wanted()}), (BEGAN, {0: wanted(at=9)})])

    assert [(one.plan.at, one.ends_on) for one in found[0]] == [(time(9), None)]


def test_series_that_would_never_have_begun_is_left_out():
    later = wanted(first=date(2027, 1, 20))

    found = segments([(BEGAN, {0: later}), (date(2026, 3, 1), {0: wanted(at=9)})])

    assert [one.plan.at for one in found[0]] == [time(9)]


def test_no_versions_no_series():
    assert segments([]) == {}
