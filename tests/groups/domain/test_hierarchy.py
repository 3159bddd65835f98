from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.groups.domain.hierarchy import in_order, levels_below, levels_if_moved, line_above, would_close_circle

LINE = {1: None, 2: 1, 3: 2, 4: 1, 5: None}
any_parents = st.dictionaries(st.integers(1, 9), st.none() | st.integers(1, 9), max_size=9)


def test_line_above_names_the_nearest_first():
    assert line_above(3, LINE) == [2, 1]
    assert line_above(1, LINE) == []


def test_a_circle_is_seen_before_it_is_closed():
    assert would_close_circle(1, 3, LINE)
    assert would_close_circle(1, 1, LINE)
    assert not would_close_circle(5, 3, LINE)


def test_levels_count_what_stands_above_and_below():
    assert levels_below(1, LINE) == 3
    assert levels_if_moved(1, 5, LINE) == 4
    assert levels_if_moved(5, 3, LINE) == 4
    assert levels_if_moved(3, None, LINE) == 1


def test_groups_are_listed_below_the_one_that_they_answer_to():
    assert in_order([4, 5, 3, 2, 1], LINE) == [(5, 0), (1, 0), (4, 1), (2, 1), (3, 2)]


@given(any_parents)
def test_no_group_is_lost_or_listed_twice_whatever_stands_above_it(parents):
    keys = list(parents)

    assert sorted(key for key, _depth in in_order(keys, parents)) == sorted(keys)


@given(any_parents, st.integers(1, 9), st.integers(1, 9))
def test_moving_a_group_that_closes_no_circle_leaves_none(parents, key, parent):
    if key in parents and parent in parents and not would_close_circle(key, parent, parents):
        moved = {**parents, key: parent}

        assert key not in line_above(key, moved)
