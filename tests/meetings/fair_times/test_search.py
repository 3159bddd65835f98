from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.fair_times.search import fairest, leximin


@st.composite
def problems(draw):
    classes, slots, turns = draw(st.integers(1, 4)), draw(st.integers(1, 7)), draw(st.integers(1, 3))
    cost = st.integers(0, draw(st.integers(1, 6)))
    costs = st.tuples(*[cost] * classes)
    rows = draw(st.lists(st.lists(costs, min_size=slots, max_size=slots), min_size=turns, max_size=turns))
    people = draw(st.lists(st.integers(1, 3), min_size=classes, max_size=classes))
    far = draw(st.lists(st.integers(0, 3), min_size=slots, max_size=slots))
    return rows, people, [far] * turns


def by_trying_all(turns, people, far):
    """Every choice there is, compared by what each single person bears, written out."""

    def rank(choice):
        costs = [sum(turns[turn][slot][c] for turn, slot in enumerate(choice)) for c in range(len(people))]
        each = sorted((cost for cost, many in zip(costs, people, strict=True) for _ in range(many)), reverse=True)
        return each, sum(each), sum(far[turn][slot] for turn, slot in enumerate(choice)), choice

    return min(map(rank, product(range(len(turns[0])), repeat=len(turns))))


@settings(max_examples=200)
@given(problems())
def test_answer_is_the_one_that_trying_everything_gives(problem):
    turns, people, far = problem

    found = fairest(turns, people, far)

    each, _sum, _far, choice = by_trying_all(turns, people, far)
    assert found.slots == choice
    assert [cost for cost, many in found.key for _ in range(many)] == each
    assert found.key == leximin(found.costs, people)
    assert found.is_proven


@settings(max_examples=50)
@given(problems(), st.randoms(use_true_random=False))
def test_answer_is_the_same_in_whichever_order_classes_come(problem, random):
    turns, people, far = problem
    order = list(range(len(people)))
    random.shuffle(order)

    mixed = [[tuple(costs[place] for place in order) for costs in slots] for slots in turns]

    assert fairest(mixed, [people[place] for place in order], far).slots == fairest(turns, people, far).slots


def test_equal_in_the_worst_counts_how_many_bear_it_and_then_who_comes_next():
    one_bears_it, two_bear_it, next_is_worse = (5, 1, 1), (5, 5, 0), (5, 2, 0)

    assert leximin(one_bears_it, [1, 1, 1]) < leximin(next_is_worse, [1, 1, 1]) < leximin(two_bear_it, [1, 1, 1])


def test_search_that_is_cut_short_says_so_and_still_gives_a_choice():
    turns = [[((7 * slot) % 11, (5 * slot) % 13, (3 * slot) % 7) for slot in range(11)]] * 3

    found = fairest(turns, [1, 1, 1], [[0] * 11] * 3, most_steps=1)

    assert not found.is_proven
    assert len(found.slots) == 3
