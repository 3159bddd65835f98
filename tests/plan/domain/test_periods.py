from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.plan.domain.periods import Month, Period, month_of, parse_month, parse_period, quarter_of

days = st.dates(dt.date(1990, 1, 1), dt.date(2200, 12, 31))


@given(days)
def test_each_day_is_in_its_quarter_and_month_and_in_no_other(day):
    quarter, month = quarter_of(day), month_of(day)

    assert quarter.holds(day)
    assert not quarter.next.holds(day)
    assert month.first <= day <= month.last
    assert month.next.first - month.last == dt.timedelta(days=1)
    assert month.next.before == month


@given(days)
def test_keys_lead_back(day):
    assert parse_period(quarter_of(day).key) == quarter_of(day)
    assert parse_period(str(day.year)) == Period(day.year)
    assert parse_month(month_of(day).key) == month_of(day)


def test_what_follows_keeps_its_length():
    assert Period(2026).next == Period(2027)
    assert Period(2026, 4).next == Period(2027, 1)
    assert (Period(2026, 1).first, Period(2026, 1).last) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert (Period(2026).first, Period(2026).last) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert Month(2026, 12).next == Month(2027, 1)


@pytest.mark.parametrize("text", ["", "2026-Q5", "Q4", "26", "2026-Q", "²⁰²⁶", "9999", "2026-Q4x"])
def test_nonsense_is_no_period(text):
    with pytest.raises(Refused) as refused:
        parse_period(text)
    assert refused.value.code == "invalid_period"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "0001-01", "2026-10-01"])
def test_nonsense_is_no_month(text):
    with pytest.raises(Refused) as refused:
        parse_month(text)
    assert refused.value.code == "invalid_month"
