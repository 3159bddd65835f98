"""Five seasons of a community: people come to know each other, nobody twice, and nobody whom they would rather not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.chats import (
    Became,
    acquaintances,
    became,
    density,
    draw_after,
    draws_at,
    first_draw,
    proposed,
)
from folkmoot.connections.domain.matching import Met, Programme, match
from folkmoot.connections.domain.shared_hours import Rhythm, SharedTime, Window, shared_times, suiting
from folkmoot.meetings.domain.fair_times import Hours, Span
from tests.connections.community import community, somebody

SEASONS, ROUNDS = 5, 2
APART = (("p0", "p1"), ("p2", "p3"), ("p4", "p0"))


def test_five_seasons_raise_the_density_each_time_with_nobody_twice_and_those_kept_apart_apart():
    people = community(24)
    programme, start = Programme(seed="lamps"), datetime(2026, 9, 1, 8, tzinfo=UTC)
    met: list[Met] = []
    conversations: list[tuple[int, ...]] = []
    densities = [0.0]

    for season in range(SEASONS):
        for number in range(ROUNDS):
            begins = start + timedelta(weeks=13 * season + 6 * number)
            decided = match(programme, Window(begins, 14), people, met=met, apart=APART)
            for each in decided.conversations:
                conversations.append(tuple(int(key[1:]) for key in each.people))
                met += [Met(one, other, begins.date()) for one, other in combinations(each.people, 2)]
        densities.append(density(len(acquaintances(conversations, range(24))), 24))

    pairs = [frozenset(pair) for each in conversations for pair in combinations(each, 2)]
    assert all(before < after for before, after in pairwise(densities)), densities
    assert len(pairs) == len(set(pairs))
    assert not {frozenset(int(key[1:]) for key in pair) for pair in APART} & set(pairs)
    assert densities[-1] > 0.35


def test_wish_to_meet_people_nearby_decides_where_all_else_is_equal():
    people = [
        somebody("a", region="Europe", wants_near=True),
        somebody("b", region="Europe"),
        somebody("c", region="Africa", wants_near=True),
        somebody("d", region="Africa"),
    ]

    decided = match(Programme(seed="tea"), Window(datetime(2026, 9, 1, 8, tzinfo=UTC), 14), people)

    assert {frozenset(each.people) for each in decided.conversations} == {frozenset("ab"), frozenset("cd")}


def test_hours_count_on_chosen_weekdays_alone_over_midnight_too():
    window = Window(datetime(2026, 11, 23, tzinfo=UTC), 7)
    late = Rhythm("UTC", Hours(Span(22 * 60, 2 * 60)), (1,))

    tuesdays = shared_times([late, late], window)

    assert [(each.start.strftime("%a %H"), each.minutes) for each in tuesdays] == [("Tue 22", 240)]
    assert suiting(Rhythm("UTC", weekdays=()), window) == 0


def test_what_became_of_a_conversation_is_what_one_of_them_says_and_yes_counts_most():
    said = [(), ("", "not_yet"), ("no", ""), ("no", "yes"), ("yes", "")]

    assert [became(each) for each in said] == [
        Became.UNKNOWN,
        Became.UNKNOWN,
        Became.DID_NOT,
        Became.HAPPENED,
        Became.HAPPENED,
    ]


@settings(max_examples=20)
@given(
    today=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    weekday=st.integers(0, 6),
    weeks=st.integers(1, 12),
    late=st.integers(0, 30),
)
def test_draws_keep_their_weekday_and_rhythm_and_go_on_in_time(today, weekday, weeks, late):
    first = first_draw(today, weekday)
    following = draw_after(first + timedelta(days=late), weeks, weekday)

    assert (first.weekday(), 4 <= (first - today).days <= 10) == (weekday, True)
    assert following > first + timedelta(days=late)
    assert (following.weekday(), (following - first).days % 7) == (weekday, 0) or following == first + timedelta(
        days=late + 1
    )
    assert draw_after(first, weeks, weekday) == first + timedelta(weeks=weeks)
    assert draws_at(first, "Europe/Lisbon").hour == 8


def test_times_are_proposed_at_half_hours_one_a_day_inside_what_is_shared_and_stay():
    def shared(start: str, end: str) -> SharedTime:
        instants = [datetime.fromisoformat(f"2026-11-{each}").replace(tzinfo=UTC) for each in (start, end)]
        return SharedTime(*instants, ((instants[0].replace(tzinfo=None), instants[1].replace(tzinfo=None)),))

    times = [
        shared("23T09:10", "23T09:50"),
        shared("24T09:10", "24T10:00"),
        shared("24T15:00", "24T16:00"),
        *(shared(f"{day}T08:00", f"{day}T16:30") for day in range(25, 29)),
    ]
    start = datetime(2026, 11, 20, tzinfo=UTC)
    found = proposed(times, 30, after=start, most=5)

    assert [f"{at:%d %H:%M}" for at in found] == ["24 09:30", "25 12:00", "26 14:00", "27 10:00", "28 12:00"]
    assert proposed(times, 30, after=found[1]) == found[2:]
    assert proposed(times, 30, after=start) == found[:3]


def test_nobody_alone_knows_anybody():
    assert (density(0, 1), density(1, 2), acquaintances([(1, 2, 3)], [1, 3, 4])) == (0.0, 1.0, {frozenset((1, 3))})
