from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.agenda import Sum, Wording, is_same_set, joined, moved, place_for_new, wordings

ORDERS = st.lists(st.integers(1, 30), unique=True, max_size=6)


@pytest.mark.parametrize(("minutes", "left", "over"), [(55, 5, 0), (60, 0, 0), (72, 0, 12), (0, 60, 0)])
def test_sum_says_what_is_left_or_over(minutes, left, over):
    total = Sum(minutes, 60)

    assert (total.left, total.over) == (left, over)


@settings(max_examples=30)
@given(order=ORDERS.filter(bool), place=st.integers(-3, 20), data=st.data())
def test_moved_item_is_at_its_place_and_the_others_keep_their_order(order, place, data):
    item = data.draw(st.sampled_from(order))

    found = moved(order, item, place)

    assert found[max(0, min(place, len(order) - 1))] == item
    assert [one for one in found if one != item] == [one for one in order if one != item]


def test_moving_what_is_not_there_changes_nothing():
    assert moved([1, 2, 3], 9, 0) == [1, 2, 3]


@settings(max_examples=30)
@given(wanted=ORDERS, present=ORDERS)
def test_joined_order_has_all_that_is_there_as_it_was_wanted_then_the_new(wanted, present):
    found = joined(wanted, present)

    assert is_same_set(found, present)
    known = [one for one in wanted if one in present]
    assert found == known + [one for one in present if one not in wanted]


@pytest.mark.parametrize(
    ("closing", "place"),
    [([], 0), ([False, False], 2), ([False, True], 1), ([True, False, True, True], 2), ([True], 0)],
)
def test_new_items_go_before_what_closes_the_call(closing, place):
    assert place_for_new(closing) == place


@pytest.mark.parametrize(
    ("seen", "theirs", "mine", "contested", "chosen"),
    [
        ("a", "a", "b", False, "b"),
        ("a", "b", "a", False, "b"),
        ("a", "b", "c", True, "c"),
        ("a", "b", "b", False, "b"),
    ],
)
def test_wording_keeps_what_was_changed_and_mine_where_both_were(seen, theirs, mine, contested, chosen):
    wording = Wording(seen, theirs, mine)

    assert (wording.is_contested, wording.chosen) == (contested, chosen)


@settings(max_examples=30)
@given(*[st.dictionaries(st.sampled_from("abc"), st.text(max_size=3)) for _n in range(3)])
def test_no_word_that_was_typed_is_lost_between_two_wordings(seen, theirs, mine):
    found = wordings(seen, theirs, mine)

    assert {name: wording.mine for name, wording in found.items()} == mine
    for name, wording in found.items():
        assert wording.chosen in (mine[name], theirs.get(name, ""))
        if mine[name] != seen.get(name, theirs.get(name, "")):
            assert wording.chosen == mine[name]
