"""Rounds of chats: what always holds, and that nothing better was possible, by trying everything on small cases."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.matching import (
    Appeals,
    LeftOver,
    Met,
    Part,
    Programme,
    Why,
    candidates,
    match,
)
from folkmoot.connections.domain.matching.pairing import Table, recovered, table
from folkmoot.connections.domain.matching.trios import gain, joined
from folkmoot.connections.domain.shared_hours import Window
from folkmoot.kit.errors import Refused
from tests.connections.community import OVER_A_CHANGE, community, somebody

PAIRS_ONLY = Programme("a seed", trios=False)
WITH_TRIOS = Programme("a seed")
WEEK = Window(datetime(2026, 10, 5, tzinfo=UTC), 7)
TODAY = WEEK.start.date()

TOPICS = st.sets(st.sampled_from(["maps", "docs", "tests"]))
PLACES = st.sampled_from([
    ("Europe/Berlin", 9, 17), ("America/New_York", 8, 14), ("Asia/Tokyo", 9, 18), ("Asia/Kathmandu", 7, 12),
    ("America/Los_Angeles", 9, 16),
])  # fmt: skip


@st.composite
def small_rounds(draw, most=7):
    many = draw(st.integers(0, most))
    people = [
        somebody(
            f"p{number}",
            *draw(PLACES),
            cares_about=draw(TOPICS),
            can_help_with=draw(TOPICS),
            wants_to_learn=draw(TOPICS),
            part=draw(st.sampled_from(Part)),
            groups=draw(st.sets(st.sampled_from("ab"))),
            employer=draw(st.sampled_from(["", "x", "y"])),
            passed_over=draw(st.integers(0, 2)),
        )
        for number in range(many)
    ]
    keys = st.sampled_from([one.key for one in people] or ["nobody"])
    days = st.integers(-5, 900).map(lambda ago: TODAY - timedelta(days=ago))
    met = draw(st.lists(st.builds(Met, keys, keys, days), max_size=12))
    apart = draw(st.lists(st.tuples(keys, keys), max_size=5))
    return people, met, apart


def all_pairings(people: list[int], *, may, trios: bool = False) -> Iterator[list[tuple[int, ...]]]:
    """Every way to put some of these people into pairs, and into trios where wanted, that may meet."""
    if len(people) < 2:
        yield []
        return
    first, rest = people[0], people[1:]
    yield from all_pairings(rest, may=may, trios=trios)
    for size in (1, 2) if trios else (1,):
        for others in combinations(rest, size):
            if may((first, *others)):
                left = [one for one in rest if one not in others]
                for more in all_pairings(left, may=may, trios=trios):
                    yield [(first, *others), *more]


def placed(programme, people, met, apart) -> Table:
    return table(programme, WEEK, people, met, apart)


def by_place(placed: Table, found) -> list[tuple[int, ...]]:
    place = {one.key: number for number, one in enumerate(placed.people)}
    return [tuple(sorted(place[key] for key in each.people)) for each in found.conversations]


def worth(placed: Table, pairing, urgency=None) -> tuple[int, ...]:
    people = sum(map(len, pairing))
    repeats = sum(placed.repeats(*pair) for pair in pairing)
    return people, -repeats, sum(placed.appeal(*pair) for pair in pairing)


@settings(max_examples=40, deadline=None)
@given(small_rounds(), st.sampled_from([PAIRS_ONLY, WITH_TRIOS, Programme("b", asks_for_overlap=False)]))
def test_everybody_is_there_once_and_no_rule_is_broken(given_, programme) -> None:
    people, met, apart = given_

    found = match(programme, WEEK, people, met=met, apart=apart)

    there = [key for each in found.conversations for key in each.people] + [one.key for one in found.left_over]
    assert sorted(there) == sorted(one.key for one in people)
    never = {frozenset(pair) for pair in apart if pair[0] != pair[1]}
    for each in found.conversations:
        assert len(each.people) == 2 or (programme.trios and len(each.people) == 3)
        assert not any(frozenset(pair) in never for pair in combinations(each.people, 2))
    where = placed(programme, people, met, apart)
    if programme.asks_for_overlap:
        assert all(where.find_time(people) for people in by_place(where, found))


@settings(max_examples=40, deadline=None)
@given(small_rounds())
def test_pairs_are_the_best_of_all_there_could_be(given_) -> None:
    people, met, apart = given_
    people = [replace(one, passed_over=0) for one in people]
    apart_too = placed(PAIRS_ONLY, people, met, apart)
    where = placed(PAIRS_ONLY, people, met, ())

    found = by_place(where, match(PAIRS_ONLY, WEEK, people, met=met))
    kept_apart = by_place(apart_too, match(PAIRS_ONLY, WEEK, people, met=met, apart=apart))

    everybody = list(range(len(people)))
    assert worth(where, found) == max(worth(where, one) for one in all_pairings(everybody, may=where.may_meet))
    most = max(2 * len(one) for one in all_pairings(everybody, may=apart_too.may_meet))
    assert 2 * len(kept_apart) == most


@settings(max_examples=40, deadline=None)
@given(small_rounds())
def test_nobody_meets_again_while_somebody_new_would_harm_nobody(given_) -> None:
    people, met, apart = given_
    where = placed(PAIRS_ONLY, people, met, apart)

    found = by_place(where, match(PAIRS_ONLY, WEEK, people, met=met, apart=apart))

    def lot(pairing) -> dict[int, int]:
        """For each person: 2 with somebody new, 1 with somebody they met, 0 left over."""
        lots = dict.fromkeys(range(len(people)), 0)
        for pair in pairing:
            lots.update(dict.fromkeys(pair, 2 - where.repeats(*pair)))
        return lots

    ours = lot(found)
    for other in all_pairings(list(range(len(people))), may=where.may_meet):
        theirs = lot(other)
        assert not (theirs != ours and all(theirs[one] >= ours[one] for one in ours))


@settings(max_examples=40, deadline=None)
@given(small_rounds())
def test_whoever_must_not_wait_is_left_over_last(given_) -> None:
    people, met, apart = given_
    where = placed(PAIRS_ONLY, people, met, apart)
    listed = {person for pair in where.apart for person in pair}
    urgency = [min(one.passed_over, 3) + 4 * (number in listed) for number, one in enumerate(where.people)]

    found = by_place(where, match(PAIRS_ONLY, WEEK, people, met=met, apart=apart))

    def cost(pairing) -> tuple[int, int]:
        there = {person for pair in pairing for person in pair}
        return -len(there), sum(urgency[one] for one in range(len(people)) if one not in there)

    assert cost(found) == min(cost(one) for one in all_pairings(list(range(len(people))), may=where.may_meet))


@settings(max_examples=40, deadline=None)
@given(small_rounds())
def test_trios_take_in_as_many_people_as_can_be(given_) -> None:
    people, met, apart = given_
    where = placed(WITH_TRIOS, people, met, apart)

    found = by_place(where, match(WITH_TRIOS, WEEK, people, met=met, apart=apart))

    every = all_pairings(list(range(len(people))), may=where.may_meet, trios=True)
    assert sum(map(len, found)) == max(sum(map(len, one)) for one in every)


@settings(max_examples=40, deadline=None)
@given(small_rounds(most=9), st.integers(0, 3))
def test_left_over_join_pairs_in_the_best_way(given_, many) -> None:
    people, met, apart = given_
    where = placed(WITH_TRIOS, people, met, apart)
    numbers = list(range(len(people)))
    left, rest = numbers[:many], numbers[many:]
    pairs = [pair for pair in zip(rest[::2], rest[1::2], strict=False) if where.may_meet(pair)]

    found = joined(where, pairs, left)

    def ways(left) -> Iterator[dict]:
        if not left:
            yield {}
            return
        for way in ways(left[1:]):
            yield way
            for pair in pairs:
                if pair not in way.values() and where.may_meet((*pair, left[0])):
                    yield {**way, left[0]: pair}

    def best(way) -> tuple[int, int, int]:
        gains = [gain(where, pair, third) for third, pair in way.items()]
        return len(way), -sum(repeats for repeats, _ in gains), sum(appeal for _, appeal in gains)

    assert best(found) == max(map(best, ways(left)))


@settings(max_examples=40, deadline=None)
@given(small_rounds(most=8), st.randoms(use_true_random=False))
def test_order_of_what_is_handed_in_does_not_matter(given_, chance) -> None:
    people, met, apart = given_
    found = match(WITH_TRIOS, WEEK, people, met=met, apart=apart)
    for each in (people, met, apart):
        chance.shuffle(each)
    met = [Met(one.other, one.one, one.on) for one in met]
    apart = [pair[::-1] for pair in apart]

    assert match(WITH_TRIOS, WEEK, people, met=met, apart=apart) == found


def test_order_does_not_matter_among_many_either(monkeypatch) -> None:
    monkeypatch.setattr(candidates, "COMPLETE_UP_TO", 20)
    people = community(81)
    chance = random.Random(5)
    met = [Met(f"p{chance.randrange(81)}", f"p{chance.randrange(81)}", date(2026, 9, 1)) for _ in range(200)]
    found = match(WITH_TRIOS, OVER_A_CHANGE, people, met=met)
    chance.shuffle(people)

    again = match(WITH_TRIOS, OVER_A_CHANGE, people, met=met[::-1])

    assert again == found
    assert not found.is_complete
    assert found.left_over == ()
    assert Counter(len(each.people) for each in found.conversations) == {2: 39, 3: 1}


def test_equals_are_parted_by_the_seed_and_the_day() -> None:
    people = [somebody(key) for key in ("ada", "ben", "cleo")]

    def left(programme, window) -> str:
        (one,) = match(programme, window, people).left_over
        return one.key

    by_seed = Counter(left(Programme(f"seed {number}", trios=False), WEEK) for number in range(60))
    by_day = Counter(left(PAIRS_ONLY, Window(WEEK.start + timedelta(days=day), 7)) for day in range(60))

    assert {key: count >= 10 for key, count in by_seed.items()} == {"ada": True, "ben": True, "cleo": True}
    assert {key: count >= 10 for key, count in by_day.items()} == {"ada": True, "ben": True, "cleo": True}


def test_wish_to_meet_comes_back_by_half_lives() -> None:
    assert [recovered(100, days, 180) for days in (-3, 0, 90, 180, 360, 720)] == [0, 0, 29, 50, 75, 94]
    ada, ben = somebody("ada"), somebody("ben")
    repeats = [
        match(Programme("s", half_life=10), WEEK, [ada, ben], met=[Met("ben", "ada", TODAY - timedelta(days=ago))])
        .conversations[0].repeats
        for ago in (0, 39, 40)
    ]  # fmt: skip
    assert repeats == [1, 1, 0]


def test_those_passed_over_come_first_next_time() -> None:
    people = [somebody("ada"), somebody("ben"), somebody("cleo")]
    (first,) = match(PAIRS_ONLY, WEEK, people).left_over
    people = [replace(one, passed_over=int(one.key == first.key)) for one in people]

    (second,) = match(PAIRS_ONLY, WEEK, people).left_over

    assert second.key != first.key


def test_left_over_say_nothing_of_a_list() -> None:
    """Two who keep apart are not left over together where a little less of what is liked for avoids it."""
    ada, ben = somebody("ada", start=9, end=11), somebody("ben", start=9, end=11)
    cleo = somebody("cleo", start=9, end=14, cares_about={"maps"})
    dan = somebody("dan", start=12, end=14, cares_about={"maps"})
    kyoto = somebody("eva", "Asia/Tokyo", 9, 12)
    people = [ada, ben, cleo, dan, kyoto]

    without_cleo = match(PAIRS_ONLY, WEEK, [ada, ben, kyoto], apart=[("ben", "ada")])
    with_cleo = match(PAIRS_ONLY, WEEK, people, apart=[("ben", "ada")])

    assert set(without_cleo.left_over) == {
        LeftOver("ada", Why.NOBODY_FREE),
        LeftOver("ben", Why.NOBODY_FREE),
        LeftOver("eva", Why.NO_SHARED_HOURS),
    }
    assert len({"ada", "ben"} & {one.key for one in with_cleo.left_over}) == 1
    assert match(PAIRS_ONLY, WEEK, [ada, cleo, dan]).left_over == (LeftOver("ada", Why.NOBODY_FREE),)


@settings(max_examples=40, deadline=None)
@given(small_rounds())
def test_reasons_are_the_same_without_a_list(given_) -> None:
    people, met, apart = given_
    open_table = placed(WITH_TRIOS, people, met, ())

    found = match(WITH_TRIOS, WEEK, people, met=met, apart=apart)

    place = {one.key: number for number, one in enumerate(open_table.people)}
    for each in found.conversations:
        assert each.reasons == open_table.reasons([place[key] for key in each.people])
    for one in found.left_over:
        alone = not any(
            open_table.find_time((place[one.key], other)) for other in place.values() if other != place[one.key]
        )
        assert one.why is (Why.NO_SHARED_HOURS if alone else Why.NOBODY_FREE)


def test_rare_hours_leave_nobody_over_among_many(monkeypatch) -> None:
    monkeypatch.setattr(candidates, "COMPLETE_UP_TO", 20)
    monkeypatch.setattr(candidates, "KEPT", 1)
    night = [somebody(f"night {n}", start=1, end=4) for n in range(2)]
    day = [somebody(f"day {n}", start=9, end=17) for n in range(60)]

    found = match(PAIRS_ONLY, WEEK, [*day, *night])

    assert {frozenset(each.people) for each in found.conversations} >= {frozenset(one.key for one in night)}
    assert found.left_over == ()
    assert found.looked_at < 62 * 61 / 2


def test_trio_is_set_first_where_whoever_is_left_could_join_nobody() -> None:
    """Cleo and Dan have most in common, and for Eva there is nobody but Dan."""
    people = [
        somebody(key, cares_about={"maps"} if key in ("cleo", "dan") else ())
        for key in ("ada", "ben", "cleo", "dan", "eva")
    ]
    apart = [("ada", "dan"), ("ada", "eva"), ("ben", "dan"), ("ben", "eva"), ("cleo", "eva")]

    with_trios = match(WITH_TRIOS, WEEK, people, apart=apart)
    pairs_only = match(PAIRS_ONLY, WEEK, people, apart=apart)

    assert {frozenset(each.people) for each in with_trios.conversations} == {
        frozenset({"ada", "ben", "cleo"}),
        frozenset({"dan", "eva"}),
    }
    assert {frozenset(each.people) for each in pairs_only.conversations} == {
        frozenset({"ada", "ben"}),
        frozenset({"cleo", "dan"}),
    }


def test_five_seasons_bring_people_closer() -> None:
    """The share of people who have met grows in every season, though eight join at the beginning of each."""
    people, met, day = [], [], datetime(2026, 1, 5, tzinfo=UTC)
    newcomers, density = community(64), [0.0]
    by_chance: set[frozenset[str]] = set()
    chance = random.Random(1)
    for season in range(5):
        people = newcomers[: 32 + 8 * season]
        for _round in range(3):
            found = match(WITH_TRIOS, Window(day, 14), people, met=met)
            for each in found.conversations:
                met += [Met(one, other, day.date()) for one, other in combinations(each.people, 2)]
            keys = [one.key for one in people]
            chance.shuffle(keys)
            by_chance |= {frozenset(pair) for pair in zip(keys[::2], keys[1::2], strict=True)}
            day += timedelta(days=21)
        known = {frozenset((one.one, one.other)) for one in met}
        density.append(len(known) / (len(people) * (len(people) - 1) / 2))

    assert all(later > earlier for earlier, later in pairwise(density))
    assert len(known) == len(met)
    assert len(by_chance) < len(known)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Programme(" "), "Name a text"),
        (lambda: Programme("s", half_life=0), "at least one"),
        (lambda: Appeals(novelty=1001), "0 to 1000"),
        (lambda: Appeals(hours=-1), "0 to 1000"),
    ],
)
def test_programmes_that_make_no_sense_are_refused(make, words) -> None:
    with pytest.raises(Refused, match=words):
        make()


def test_two_of_one_key_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one key"):
        match(PAIRS_ONLY, WEEK, [somebody("ada"), somebody("ada")])
