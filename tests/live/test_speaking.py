"""The order of speaking, whatever hands are raised, lowered and moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.live.domain.speaking import Kind, Waiting, moved, settled

KINDS = list(Kind)
hands = st.lists(
    st.builds(Waiting, st.integers(1, 40), st.sampled_from(Kind), st.booleans(), st.just(False)),
    unique_by=lambda one: one.key,
    max_size=12,
)


def point(key: int, **given: bool) -> Waiting:
    return Waiting(key, Kind.POINT_OF_ORDER, **given)


def reply(key: int, **given: bool) -> Waiting:
    return Waiting(key, Kind.REPLY, **given)


def queue(key: int, **given: bool) -> Waiting:
    return Waiting(key, Kind.QUEUE, **given)


def keys(order: list[Waiting]) -> list[int]:
    return [one.key for one in order]


def test_points_of_order_come_first_then_replies_then_whoever_came_first():
    order = settled([queue(1), reply(2), queue(3), point(4), reply(5)], new_voices_first=False)

    assert keys(order) == [4, 2, 5, 1, 3]


def test_new_voices_come_first_only_where_the_custom_says_so():
    raised = [queue(1, spoke=True), queue(2), queue(3, spoke=True), queue(4)]

    assert keys(settled(raised, new_voices_first=True)) == [2, 4, 1, 3]
    assert keys(settled(raised, new_voices_first=False)) == [1, 2, 3, 4]


def test_who_was_moved_stays_where_they_were_put():
    order = [queue(3, moved=True), queue(1, spoke=True), queue(4)]

    assert keys(settled([*order, queue(5), point(6)], new_voices_first=True)) == [6, 3, 4, 5, 1]


@given(hands, st.booleans())
def test_the_order_keeps_everybody_and_follows_the_rule(raised, new_voices_first):
    order = settled(raised, new_voices_first=new_voices_first)

    assert sorted(keys(order)) == sorted(keys(raised))
    rule = [(KINDS.index(one.kind), new_voices_first and one.spoke, one.key) for one in order]
    assert rule == sorted(rule)


@given(hands, st.booleans(), st.randoms())
def test_in_which_order_rows_were_read_makes_no_difference(raised, new_voices_first, random):
    shuffled = list(raised)
    random.shuffle(shuffled)

    assert settled(shuffled, new_voices_first=new_voices_first) == settled(raised, new_voices_first=new_voices_first)


@given(hands, st.booleans())
def test_settling_twice_is_settling_once(raised, new_voices_first):
    once = settled(raised, new_voices_first=new_voices_first)

    assert settled(once, new_voices_first=new_voices_first) == once


@given(hands.filter(bool), st.data())
def test_moving_one_leaves_all_others_in_their_order(raised, data):
    order = settled(raised, new_voices_first=False)
    one = data.draw(st.sampled_from(order))
    before = data.draw(st.sampled_from([*(other.key for other in order if other.kind == one.kind), None]))

    wanted = moved(order, one.key, before)

    assert [key for key in wanted if key != one.key] == [other.key for other in order if other.key != one.key]
    by_key = {other.key: other for other in order}
    again = [replace(by_key[key], moved=key == one.key) for key in wanted]
    assert keys(settled(again, new_voices_first=False)) == wanted
    if before not in (None, one.key):
        assert wanted.index(one.key) + 1 == wanted.index(before)


@given(hands, st.sampled_from(Kind))
def test_who_comes_last_of_their_kind_speaks_after_those_who_wait(raised, kind):
    order = settled(raised, new_voices_first=False)
    late = Waiting(99, kind)

    after = settled([*order, late], new_voices_first=False)

    assert [one for one in after if one != late] == order
    behind = after[after.index(late) + 1 :]
    assert all(KINDS.index(one.kind) > KINDS.index(kind) for one in behind)


@pytest.mark.parametrize(("key", "before"), [(9, None), (1, 9), (1, 2)])
def test_only_hands_of_one_kind_are_moved_among_each_other(key, before):
    with pytest.raises(ValueError, match="not"):
        moved([point(2), queue(1)], key, before)
