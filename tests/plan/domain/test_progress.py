from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.plan.domain.progress import mean, percent, progress

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
parts = st.lists(st.none() | st.fractions(min_value=0, max_value=1), max_size=8)


@pytest.mark.parametrize(
    ("baseline", "target", "current", "expected"),
    [
        ("0", "10", "4", Fraction(2, 5)),
        ("4", "1", "2", Fraction(2, 3)),  # downwards
        ("0", "10", "12", Fraction(1)),
        ("0", "10", "-3", Fraction(0)),
        ("-10", "-5", "-7.5", Fraction(1, 2)),
        ("0", "3", "1", Fraction(1, 3)),  # exact, as no float would be
    ],
)
def test_progress_is_the_part_of_the_way(baseline, target, current, expected):
    assert progress(Decimal(baseline), Decimal(target), Decimal(current)) == expected


def test_progress_is_unknown_without_a_value_or_a_way_to_go():
    assert progress(Decimal(0), Decimal(10), None) is None
    assert progress(Decimal(5), Decimal(5), Decimal(5)) is None


@given(numbers, numbers, numbers)
def test_progress_stays_between_nothing_and_all(baseline, target, current):
    found = progress(baseline, target, current)

    assert (found is None) == (baseline == target)
    assert found is None or 0 <= found <= 1


@given(numbers, numbers)
def test_way_begins_at_the_baseline_and_ends_at_the_target(baseline, target):
    if baseline != target:
        assert progress(baseline, target, baseline) == 0
        assert progress(baseline, target, target) == 1


@given(numbers, numbers, numbers, numbers)
def test_nearer_to_the_target_is_never_less(baseline, target, one, other):
    if baseline == target:
        return
    low, high = sorted((one, other))
    first, second = progress(baseline, target, low), progress(baseline, target, high)

    assert (first <= second) if target > baseline else (first >= second)


@given(numbers, numbers, numbers)
def test_upside_down_is_the_same_way(baseline, target, current):
    assert progress(baseline, target, current) == progress(-baseline, -target, -current)


@given(parts)
def test_mean_lies_between_the_least_and_the_most_and_knows_no_order(given_parts):
    known = [part for part in given_parts if part is not None]
    found = mean(given_parts)

    assert (found is None) == (not known)
    assert found is None or min(known) <= found <= max(known)
    assert found == mean(reversed(given_parts))


@given(st.fractions(min_value=0, max_value=1))
def test_a_hundred_per_cent_is_said_only_of_what_has_arrived(part):
    assert 0 <= percent(part) <= 100
    assert (percent(part) == 100) == (part == 1)
