"""What is written on a ballot, and what of it goes into the envelope."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.ballot_papers import closed_up, in_order, may_be_equal, read_numbers, top_mark, way_of
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.sealed.envelopes import pack, unpack
from folkmoot.kit.errors import Refused


@pytest.mark.parametrize(
    ("method", "written", "ranks"),
    [
        ("scottish-stv", ["2", "", "1"], [2, 0, 1]),
        ("scottish-stv", ["3", " ", "2"], [2, 0, 1]),
        ("schulze", ["2", "2", "3"], [1, 1, 2]),
        ("ranked-pairs", ["0", "0", "0"], [0, 0, 0]),
        ("star", ["3", "", "3"], [3, 0, 3]),
        ("approval", ["1", "", "1"], [1, 0, 1]),
        ("yes-no", ["1", ""], [1, 0]),
    ],
)
def test_ballot_is_read(method, written, ranks):
    assert read_numbers(written, method) == ranks


@pytest.mark.parametrize(
    ("method", "written", "code", "params"),
    [
        ("scottish-stv", ["1", "1", ""], "equal_ranks", {"places": (0, 1), "rank": 1}),
        ("irv", ["4", "", ""], "wrong_number", {"place": 0}),
        ("irv", ["", "-1", ""], "wrong_number", {"place": 1}),
        ("irv", ["", "", "²"], "wrong_number", {"place": 2}),
        ("irv", ["1.5", "", ""], "wrong_number", {"place": 0}),
        ("score", ["6"] * 7, "wrong_number", {"place": 0}),
        ("score", ["3", ""], "wrong_number", {"place": 0}),
        ("approval", ["2", ""], "wrong_number", {"place": 0}),
        ("plurality", ["1", "1"], "several_chosen", {}),
    ],
)
def test_what_is_no_ballot_is_refused(method, written, code, params):
    with pytest.raises(Refused) as refused:
        read_numbers(written, method)

    assert (refused.value.code, refused.value.params) == (code, params)


def test_order_in_words_has_the_best_first():
    assert in_order([2, 0, 1, 2], "schulze") == [(1, [2]), (2, [0, 3])]
    assert in_order([2, 0, 1, 2], "score") == [(2, [0, 3]), (1, [2])]


def test_only_pairs_and_marks_know_equals():
    equal = {method.value for method in Method if may_be_equal(method)}

    assert equal == {"schulze", "ranked-pairs", "score", "star"}
    assert {way_of(method).value for method in Method} == {"rank", "mark", "tick", "choose"}


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_ranks_that_are_closed_up_keep_their_order_and_fit_into_an_envelope(ranks):
    closed = closed_up(ranks)

    assert sorted(set(closed) - {0}) == list(range(1, len(set(ranks) - {0}) + 1))
    assert all((one < other) == (ranks[at] < ranks[to]) for at, one in enumerate(closed) for to, other in enumerate(closed) if one and other)  # fmt: skip # noqa: E501
    assert [not one for one in closed] == [not one for one in ranks]
    assert unpack(pack(closed), len(closed)) == tuple(closed)


@pytest.mark.parametrize(("candidates", "top"), [(1, 1), (4, 4), (5, 5), (30, 5)])
def test_best_mark_fits_into_a_byte(candidates, top):
    assert top_mark(candidates) == top
    assert unpack(pack([top] * candidates), candidates) == (top,) * candidates
