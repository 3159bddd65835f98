"""Plain facts held against what a roll asks: lengths of time, roles, calls, terms, records that are one person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.roll import (
    Call,
    Length,
    Stay,
    Unit,
    after,
    calls_since,
    free_again,
    has_role,
    held_on,
    last_calls,
    long_enough,
    observes_only,
    terms_running,
    unbroken_since,
)
from folkmoot.governance.domain.roll_alike import Alike, Because, address_key, alike_among
from folkmoot.governance.domain.roll_lines import is_line_of, line_of, new_salt
from folkmoot.groups.domain.offices import Span

JAN, MAR = date(2028, 1, 31), date(2028, 3, 1)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def stay(begins: date, ends: date | None = None, power: str = "take_part", role: int = 1) -> Stay:
    return Stay(role, power, Span(begins, ends))


@pytest.mark.parametrize(
    ("begins", "by", "more", "holds", "enough_on"),
    [
        # More than a month before 1 September: the first of August is exactly a month, and not enough.
        (date(2027, 8, 1), date(2027, 9, 1), True, False, date(2027, 9, 2)),
        (date(2027, 7, 31), date(2027, 9, 1), True, True, date(2027, 9, 1)),
        (date(2027, 8, 1), date(2027, 9, 1), False, True, date(2027, 9, 1)),
        # A month that is too short ends on its last day, also in a leap year.
        (date(2028, 1, 31), date(2028, 2, 29), False, True, date(2028, 2, 29)),
        (date(2027, 1, 31), date(2027, 2, 28), False, True, date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 3, 29), False, True, date(2028, 3, 29)),
        (date(2028, 2, 29), date(2028, 3, 28), False, False, date(2028, 3, 29)),
    ],
)
def test_month_is_counted_to_the_day_and_more_than_a_month_is_strict(begins, by, more, holds, enough_on):
    found = long_enough([stay(begins)], Length(1, Unit.MONTHS, more), by=by, today=begins)

    assert (found.holds, found.since, found.enough_on) == (holds, begins, enough_on)


def test_whoever_came_after_the_day_takes_part_and_not_long_enough():
    came, by = date(2027, 11, 27), date(2027, 11, 25)

    found = long_enough([stay(came)], Length(1, Unit.DAYS), by=by, today=date(2027, 12, 1))

    assert (found.holds, found.since, found.enough_on) == (False, came, date(2027, 11, 28))


def test_change_of_role_is_no_break_and_a_day_away_is_one():
    changed = [stay(date(2027, 1, 1), date(2027, 3, 1)), stay(date(2027, 3, 1), role=2)]
    away = [stay(date(2027, 1, 1), date(2027, 3, 1)), stay(date(2027, 3, 2))]
    overlapping = [stay(date(2027, 1, 1)), stay(date(2027, 2, 1), date(2027, 3, 1))]

    assert [unbroken_since(stays, date(2027, 6, 1)) for stays in (changed, away, overlapping)] == [
        date(2027, 1, 1),
        date(2027, 3, 2),
        date(2027, 1, 1),
    ]
    assert unbroken_since([stay(date(2027, 1, 1), date(2027, 3, 1))], date(2027, 3, 1)) is None


@given(DAYS, DAYS, st.integers(1, 40), st.sampled_from(Unit), st.booleans())
@settings(max_examples=60)
def test_day_from_which_it_is_long_enough_is_the_first_on_which_it_holds(begins, by, number, unit, more):
    length = Length(number, unit, more)

    def holds(day: date) -> bool:
        return long_enough([stay(begins)], length, by=day, today=date(2099, 1, 1)).holds

    found = long_enough([stay(begins)], length, by=max(by, begins), today=date(2099, 1, 1))

    assert found.enough_on is not None
    assert found.enough_on >= after(begins, number, unit)
    assert holds(found.enough_on)
    assert not holds(found.enough_on - timedelta(days=1))


def test_role_is_the_one_on_the_day_and_todays_while_the_day_is_to_come():
    stays = [stay(JAN, MAR, "observe", 3), stay(MAR, None, "take_part", 2)]

    on_the_day, to_come = held_on(stays, JAN, MAR), held_on(stays, date(2029, 1, 1), MAR)

    assert [observes_only(on_the_day), observes_only(to_come), observes_only([])] == [True, False, False]
    assert [has_role(on_the_day, [3], []), has_role(to_come, [3], []), has_role(to_come, [], ["take_part"])] == [
        True,
        False,
        True,
    ]


def test_calls_are_counted_before_the_day_and_few_calls_ask_for_no_more_than_all():
    calls = [Call(number, date(2027, number, 1)) for number in range(1, 7)]
    day = date(2027, 5, 1)

    last = last_calls(calls, {3, 5}, needed=2, of_last=3, day=day)
    few = last_calls(calls[:1], {1}, needed=2, of_last=3, day=day)
    since = calls_since(calls, {1, 2, 5}, needed=2, since=date(2027, 2, 1), day=day)

    assert (last.holds, last.was_at, last.of, last.missing) == (False, 1, 3, 1)
    assert (few.holds, few.of) == (True, 1)
    assert (since.holds, since.was_at, since.of, since.missing) == (False, 1, 3, 1)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=60)
def test_what_is_missing_at_calls_is_what_it_takes(held, there, needed, of_last):
    calls = [Call(number, JAN + timedelta(days=number)) for number in held]
    day = JAN + timedelta(days=40)

    found = last_calls(calls, there, needed=needed, of_last=of_last, day=day)

    assert found.holds == (found.missing == 0)
    assert found.was_at <= found.of <= of_last
    assert last_calls(calls, held, needed=needed, of_last=of_last, day=day).holds


def test_terms_run_on_until_there_was_room_for_somebody_elses():
    first, second = Span(date(2020, 11, 1), date(2022, 11, 1)), Span(date(2022, 11, 1), date(2024, 11, 1))
    begins = date(2024, 11, 1)

    assert terms_running([first, second], begins, 24) == 2
    assert terms_running([first, second], date(2025, 10, 31), 24) == 2
    assert terms_running([first, second], date(2025, 11, 1), 24) == 0
    assert terms_running([first], begins, 24) == 0
    assert terms_running([Span(date(2022, 11, 1))], begins, None) == 1
    assert free_again([first, second], 24) == date(2025, 11, 1)
    assert free_again([Span(date(2022, 11, 1))], 24) is None


def test_short_term_counts_toward_no_limit():
    filled_in = Span(date(2024, 6, 1), date(2024, 11, 1))

    assert terms_running([filled_in], date(2024, 11, 1), 24) == 0


def test_lines_stay_when_the_salt_goes_and_say_nothing_without_it():
    salt = new_salt()
    line = line_of(17, "Ada Que\u0301", salt)

    assert line.startswith("17\t")
    assert "Ada" not in line
    assert is_line_of(line, 17, "Ada Qu\u00e9", salt)
    assert not is_line_of(line, 17, "Ada Quill", salt)
    assert not is_line_of(line, 17, "Ada Qu\u00e9", "")
    assert line != line_of(17, "Ada Qu\u00e9", new_salt())


def test_addresses_in_another_spelling_and_names_for_the_eye_are_found_once():
    names = {1: "Ada Quill", 2: "Аda Quill", 3: "Bo Marsh", 4: "Cleo Finch"}
    addresses = [(1, "a.da@gmail.com"), (2, "ADA+list@googlemail.com"), (3, "bo@example.org"), (4, "bo+2@EXAMPLE.org")]

    found = alike_among(names, addresses)

    assert found == [Alike(Because.ADDRESS, (1, 2)), Alike(Because.ADDRESS, (3, 4))]
    assert alike_among(names, []) == [Alike(Because.NAME, (1, 2))]
    assert [address_key("+x@example.org"), address_key("nobody")] == ["+x@example.org", ""]
