"""Whose turn it is to welcome somebody, and on which day somebody is asked how it goes: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from folkmoot.connections.domain.buddies import About, Willing, choose, due_check_in
from folkmoot.connections.domain.shared_hours import Rhythm, Window

WINDOW = Window(datetime(2026, 11, 23, tzinfo=UTC), 14)
PIM = About(99, Rhythm("Europe/Lisbon"), frozenset({"pt", "en"}), frozenset({"maps"}))


def willing(key: int, *, most: int = 2, now: int = 0, lately: int = 0, here: bool = True, **about) -> Willing:
    return Willing(About(key, **about), most, now, lately, None, here)


def chosen(*rota: Willing, never: set[int] = frozenset()) -> int | None:
    match = choose(PIM, rota, never=never, window=WINDOW)
    return match.key if match else None


lots = st.lists(
    st.builds(
        willing,
        st.integers(1, 12),
        most=st.integers(1, 4),
        now=st.integers(0, 4),
        lately=st.integers(0, 4),
        here=st.booleans(),
        languages=st.sampled_from([frozenset(), frozenset({"pt"}), frozenset({"ja"})]),
        interests=st.sampled_from([frozenset(), frozenset({"maps"})]),
        rhythm=st.sampled_from([None, Rhythm("Europe/Lisbon"), Rhythm("Pacific/Auckland")]),
    ),
    max_size=8,
    unique_by=lambda one: one.about.key,
)


@effort(max_examples=25)
@given(lots, st.sets(st.integers(1, 12)), st.randoms(use_true_random=False))
def test_turns_are_fair_for_every_rota_in_any_order(rota, never, chance):
    shuffled = chance.sample(rota, len(rota))

    match = choose(PIM, rota, never=never, window=WINDOW)

    assert choose(PIM, shuffled, never=never, window=WINDOW) == match
    free = [one for one in rota if one.is_here and one.now < one.most and one.about.key not in never]
    assert (match is None) == (not free)
    if match is not None:
        talk = [one for one in free if not one.about.languages or one.about.languages & PIM.languages]
        one = next(one for one in free if one.about.key == match.key)
        assert one in (talk or free)
        assert one.lately == min(one.lately for one in talk or free)


@effort(max_examples=12)
@given(st.integers(1, 6), st.integers(1, 20))
def test_newcomers_are_spread_evenly_among_those_who_are_alike(buddies, newcomers):
    lately = dict.fromkeys(range(1, buddies + 1), 0)

    for _one in range(newcomers):
        rota = [willing(key, most=99, lately=count) for key, count in lately.items()]
        lately[choose(PIM, rota, never=(), window=WINDOW).key] += 1

    assert max(lately.values()) - min(lately.values()) <= 1


@pytest.mark.parametrize(
    ("rota", "who"),
    [
        ([willing(1, lately=1, interests=frozenset({"maps"})), willing(2)], 2),
        ([willing(1, languages=frozenset({"ja"})), willing(2, lately=3)], 2),
        ([willing(1, rhythm=Rhythm("Pacific/Auckland")), willing(2, rhythm=Rhythm("Europe/Paris"))], 2),
        ([willing(1), willing(2, interests=frozenset({"maps"}))], 2),
        ([willing(99), willing(2, lately=5)], 2),
        ([willing(1, now=2), willing(2, here=False)], None),
        ([], None),
    ],
    ids=["fewest", "can talk", "hours", "interests", "never oneself", "no room", "nobody"],
)
def test_what_decides_between_people(rota, who):
    assert chosen(*rota) == who


def test_who_is_kept_apart_or_was_the_buddy_before_is_passed_over_and_reasons_say_what_is_shared():
    rosa = willing(1, languages=frozenset({"pt", "es"}), interests=frozenset({"maps"}), rhythm=Rhythm("Europe/Madrid"))

    match = choose(PIM, [rosa], never=(), window=WINDOW)

    assert (match.languages, match.interests, match.minutes) == (("pt",), ("maps",), 11 * 60)
    assert chosen(rosa, never={1}) is None


CAME = date(2026, 11, 1)


def at(day: int, hour: int, zone: str = "Asia/Tokyo") -> datetime:
    return datetime(2026, 11, 1, hour, tzinfo=ZoneInfo(zone)) + timedelta(days=day)


@pytest.mark.parametrize(
    ("now", "asked", "due"),
    [
        (at(6, 12), (), None),
        (at(7, 8), (), None),
        (at(7, 9), (), 7),
        (at(7, 9), (7,), None),
        (at(7, 18), (), None),
        (at(8, 9), (), 7),
        (at(12, 9), (), 7),
        (at(13, 9), (), None),
        (at(30, 10), (7,), 30),
        (at(90, 17), (), 90),
        (at(400, 9), (), None),
    ],
)
def test_somebody_is_asked_on_their_day_and_not_much_later(now, asked, due):
    assert due_check_in(CAME, now, asked=asked) == due
