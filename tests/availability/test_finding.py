"""Which times suit most, held against trying all of them."""

from __future__ import annotations

import datetime as dt
import time

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.availability.domain.finding import Finder, Found, Heat, Marks, heat
from folkmoot.availability.domain.hours import Cell

START = dt.datetime(2026, 11, 9, 8, tzinfo=dt.UTC)
STEP = 30


def cell(number: int) -> Cell:
    return Cell(number, START + dt.timedelta(minutes=STEP * number))


def cost(at: dt.datetime, zone: str) -> int:
    return (at.hour * 7 + at.minute + len(zone)) % 4


numbers = st.frozensets(st.integers(0, 11))
marks = st.builds(Marks, free=numbers, maybe=numbers, zone=st.sampled_from(("UTC", "Asia/Tokyo")))


@st.composite
def finders(draw) -> Finder:
    # Some cells are missing, as between two days.
    cells = [cell(number) for number in sorted(draw(st.sets(st.integers(0, 11), min_size=1)))]
    return Finder(cells, STEP, draw(st.sampled_from((15, 30, 45, 60, 90))), draw(st.lists(marks, max_size=4)), cost)


def tried(finder: Finder) -> list[tuple[int, int, int, int, dt.datetime]]:
    """The rank of every time at which a call fits, found by asking everybody for every step."""
    there, found = {one.key for one in finder.cells}, []
    for one in finder.cells:
        run = {one.key + more for more in range(-(-finder.minutes // STEP))}
        if not run <= there:
            continue
        free = [answer for answer in finder.answers if run <= answer.free]
        able = [answer for answer in finder.answers if run <= answer.free | answer.maybe]
        costs = [cost(one.at, answer.zone) for answer in able]
        found.append((-len(able), len(able) - len(free), max(costs, default=0), sum(costs), one.at))
    return sorted(found)


@given(finders(), st.integers(1, 4))
def test_best_times_are_the_best_of_all_and_do_not_overlap(finder, most):
    every, best = tried(finder), finder.best(most)
    lasts = dt.timedelta(minutes=finder.minutes)
    kept: list[tuple[int, int, int, int, dt.datetime]] = []
    for one in every:
        if one[0] < 0 and len(kept) < most and all(abs(one[4] - other[4]) >= lasts for other in kept):
            kept.append(one)

    assert [one.rank for one in best] == kept
    assert sorted(finder.at(one.key).rank for one in finder.cells if finder.at(one.key) is not None) == every


@given(finders())
def test_everybody_is_free_or_comes_if_need_be_or_is_missing(finder):
    for one in finder.best(12):
        assert sorted((*one.free, *one.maybe, *one.missing)) == list(range(len(finder.answers)))
        assert (one.hardest is None) == (one.cost == 0)
        assert one.hardest is None or one.hardest in (*one.free, *one.maybe)


def test_times_for_three_hundred_people_are_found_in_a_moment():
    cells = [cell(number) for number in range(400)]
    everything = Marks(frozenset(range(400)), frozenset(), "UTC")

    started = time.process_time()
    [best] = Finder(cells, STEP, STEP, [everything] * 300, lambda _at, _zone: 0).best(1)

    assert (best.coming, best.missing) == (300, ())
    assert time.process_time() - started < 0.5


def test_who_can_come_counts_before_burden_and_burden_before_the_clock():
    cells = [cell(number) for number in range(6)]
    early, both = frozenset({0, 1}), frozenset({0, 1, 4, 5})
    answers = [Marks(both, frozenset(), "Here"), Marks(early, frozenset({4, 5}), "There")]

    def night(at: dt.datetime, zone: str) -> int:
        return 6 if zone == "There" and at == START else 0

    found = Finder(cells, STEP, 60, answers, night).best(5)
    assert found == [
        Found(cells[0], free=(0, 1), maybe=(), missing=(), cost=6, total=6, hardest=1),
        Found(cells[4], free=(0,), maybe=(1,), missing=(), cost=0, total=0, hardest=None),
    ]
    assert Finder(cells, STEP, 60, answers, night).at(5) is None
    assert Finder(cells, STEP, 60, answers, night).at(77) is None


@given(st.lists(marks, max_size=5))
def test_heat_counts_everybody_once(answers):
    cells = [cell(number) for number in range(12)]
    counted = heat(cells, answers)

    for one in cells:
        free = [answer for answer in answers if one.key in answer.free]
        able = [answer for answer in answers if one.key in answer.free | answer.maybe]
        assert counted[one.key] == Heat(len(free), len(able) - len(free))
        assert 0 <= counted[one.key].level(len(answers)) <= 5
    assert (Heat(4, 0).level(4), Heat(0, 1).level(40), Heat(0, 0).level(4), Heat(2, 0).level(4)) == (5, 1, 0, 2)
