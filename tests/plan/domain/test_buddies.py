from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.plan.domain.buddies import Candidate, choose

NOW = datetime(2026, 11, 26, tzinfo=UTC)
DAY = timedelta(days=1)


def test_whoever_was_asked_the_longest_ago_is_asked_and_never_comes_first():
    asked, longer, never = Candidate(1, 2, 0, NOW), Candidate(2, 2, 0, NOW - DAY), Candidate(3, 2)

    assert choose([asked, longer]) == 2
    assert choose([asked, longer, never]) == 3


def test_who_has_no_room_is_not_asked():
    assert choose([Candidate(1, 1, 1), Candidate(2, 1, 0, NOW)]) == 2


def test_managers_are_asked_when_nobody_willing_has_room():
    busy, less = Candidate(8, 2, 3), Candidate(9, 2, 1, NOW)

    assert choose([Candidate(1, 1, 1)], [busy, less]) == 9
    assert choose([]) is None


@given(st.integers(1, 6), st.integers(1, 30))
def test_newcomers_are_shared_evenly(people, newcomers):
    last: dict[int, datetime] = {}
    asked: Counter[int] = Counter()

    for number in range(newcomers):
        key = choose([Candidate(one, 99, asked[one], last.get(one)) for one in range(people)])
        asked[key] += 1
        last[key] = NOW + number * DAY

    counts = [asked[one] for one in range(people)]
    assert max(counts) - min(counts) <= 1
