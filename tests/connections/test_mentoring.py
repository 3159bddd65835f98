"""Suggestions of mentors: what always holds, against all suggestions there could be in small cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.mentoring import (
    Mentee,
    Mentor,
    Suggestion,
    Suggestions,
    Why,
    preferences,
    sentence,
    suggest,
    who_suits,
)
from folkmoot.connections.domain.shared_hours import Rhythm, Window, has_stretch, in_common
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import Hours, Span

WEEK = Window(datetime(2026, 10, 5, tzinfo=UTC), 7)
OFFICE = Rhythm("Europe/Berlin", Hours(Span(9 * 60, 17 * 60)))
EVENING = Rhythm("Europe/Berlin", Hours(Span(18 * 60, 22 * 60)))
RHYTHMS = st.sampled_from([OFFICE, EVENING, Rhythm("Europe/London"), Rhythm("America/New_York")])
TOPICS = st.sets(st.sampled_from(["maps", "docs", "tests"]), max_size=2).map(frozenset)
MENTORS, MENTEES = ("m1", "m2", "both"), ("n1", "n2", "n3", "both")


@st.composite
def circles(draw):
    def named(keys) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(keys), unique=True, max_size=2)))

    mentors = [Mentor(key, draw(RHYTHMS), draw(TOPICS), draw(st.integers(0, 2)), named(MENTEES)) for key in MENTORS]
    mentees = [Mentee(key, draw(RHYTHMS), draw(TOPICS), named(MENTORS)) for key in MENTEES]
    apart = draw(st.lists(st.tuples(st.sampled_from(MENTORS), st.sampled_from(MENTEES)), max_size=2))
    return mentors, mentees, [pair[::-1] if draw(st.booleans()) else pair for pair in apart]


def acceptable(mentor: Mentor, mentee: Mentee, apart) -> bool:
    shared = in_common([mentor.rhythm, mentee.rhythm], WEEK)
    return (
        mentor.key != mentee.key
        and {mentor.key, mentee.key} not in [set(pair) for pair in apart]
        and has_stretch(shared, 45)
        and bool(
            mentor.can_help_with & mentee.wants_to_learn or mentor.key in mentee.prefers or mentee.key in mentor.prefers
        )
    )


def fit(mentor: Mentor, mentee: Mentee) -> int:
    hours = in_common([mentor.rhythm, mentee.rhythm], WEEK).bit_count()
    return 1000 * min(3, len(mentor.can_help_with & mentee.wants_to_learn)) + min(600, hours)


class World:
    """Who would have whom in which order, and which ways of putting them together are stable."""

    def __init__(self, mentors, mentees, apart) -> None:
        self.mentors = {one.key: one for one in mentors}
        self.mentees = {one.key: one for one in mentees}
        self.pairs = {(a.key, b.key) for a in mentors for b in mentees if acceptable(a, b, apart)}
        self.of_mentor = {one.key: self._order(one, mentees) for one in mentors}
        self.of_mentee = {one.key: self._order(one, mentors) for one in mentees}

    def _order(self, one, others) -> list[str]:
        fits = {
            other.key: fit(*pair)
            for other in others
            if ((pair := (one, other) if isinstance(one, Mentor) else (other, one))[0].key, pair[1].key) in self.pairs
        }
        return preferences(one.prefers, fits, "s", one.key)

    def is_stable(self, way: dict[str, str]) -> bool:
        for mentor, mentee in self.pairs:
            order = self.of_mentee[mentee]
            if mentee in way and order.index(way[mentee]) <= order.index(mentor):
                continue
            with_mentor = [one for one, other in way.items() if other == mentor]
            rank = self.of_mentor[mentor].index
            if len(with_mentor) < self.mentors[mentor].room or any(rank(one) > rank(mentee) for one in with_mentor):
                return False
        return True

    def ways(self) -> Iterator[dict[str, str]]:
        for choice in product(*([None, *self.of_mentee[key]] for key in self.mentees)):
            way = {key: mentor for key, mentor in zip(self.mentees, choice, strict=True) if mentor}
            if all(count <= self.mentors[key].room for key, count in Counter(way.values()).items()):
                yield way


@settings(max_examples=60, deadline=None)
@given(circles())
def test_suggestions_are_stable_and_the_best_stable_ones_for_mentees(given_) -> None:
    mentors, mentees, apart = given_
    world = World(mentors, mentees, apart)

    found = suggest(mentors, mentees, WEEK, seed="s", apart=apart)

    way = {one.mentee: one.mentor for one in found.suggestions}
    assert len(way) == len(found.suggestions)
    assert way in list(world.ways())
    assert world.is_stable(way)
    assert {key for key, _why in found.waiting} == set(MENTEES) - set(way)
    for other in filter(world.is_stable, world.ways()):
        assert set(other) == set(way)
        assert all(world.of_mentee[key].index(way[key]) <= world.of_mentee[key].index(other[key]) for key in way)


@settings(max_examples=40, deadline=None)
@given(circles(), st.randoms(use_true_random=False))
def test_order_of_what_is_handed_in_does_not_matter(given_, chance) -> None:
    found = suggest(given_[0], given_[1], WEEK, seed="s", apart=given_[2])
    for each in given_:
        chance.shuffle(each)

    assert suggest(given_[0], given_[1], WEEK, seed="s", apart=given_[2]) == found


@settings(max_examples=40, deadline=None)
@given(circles())
def test_reasons_to_wait_say_nothing_of_a_list(given_) -> None:
    mentors, mentees, apart = given_
    world = World(mentors, mentees, ())
    why = {}
    for mentee in mentees:
        knows = [
            one for one in mentors
            if one.key != mentee.key
            and (one.can_help_with & mentee.wants_to_learn or one.key in mentee.prefers or mentee.key in one.prefers)
        ]  # fmt: skip
        why[mentee.key] = Why.NOBODY_KNOWS if not knows else Why.NO_SHARED_HOURS
        if world.of_mentee[mentee.key]:
            why[mentee.key] = Why.NO_ROOM

    found = suggest(mentors, mentees, WEEK, seed="s", apart=apart)

    assert found.waiting == tuple((key, why[key]) for key, _why in found.waiting)


def test_mentors_with_room_take_those_they_can_help() -> None:
    ada = Mentor("ada", OFFICE, frozenset({"Maps", "docs"}), room=2, prefers=("cleo",))
    mentees = [
        Mentee("ben", OFFICE, frozenset({"maps", "docs "})),
        Mentee("cleo", OFFICE, prefers=("zoe", "ada")),
        Mentee("dan", OFFICE, frozenset({"maps"})),
        Mentee("eva", EVENING, frozenset({"maps"})),
        Mentee("fay", OFFICE, frozenset({"sewing"})),
    ]

    found = suggest([ada], mentees, WEEK, seed="s")

    assert set(found.suggestions) == {
        Suggestion("ada", "ben", ("docs", "maps"), 480, None, None),
        Suggestion("ada", "cleo", (), 480, 2, 1),
    }
    assert dict(found.waiting) == {"dan": Why.NO_ROOM, "eva": Why.NO_SHARED_HOURS, "fay": Why.NOBODY_KNOWS}
    said = {one.mentee: sentence(one, "Ada") for one in found.suggestions}
    assert said == {
        "ben": "Ada can help with docs and maps, and you have 8 shared hours on weekdays.",
        "cleo": "You named Ada, and you have 8 shared hours on weekdays.",
    }
    only_ada_named = Suggestion("ada", "ben", (), 90, None, 1)
    assert sentence(only_ada_named, "Ada") == "You and Ada have 1½ shared hours on weekdays."


def test_equals_are_parted_by_the_seed() -> None:
    ada = Mentor("ada", OFFICE, frozenset({"maps"}))
    mentees = [Mentee(key, OFFICE, frozenset({"maps"})) for key in ("ben", "cleo")]

    found = Counter(suggest([ada], mentees, WEEK, seed=f"s{n}").suggestions[0].mentee for n in range(60))

    assert min(found["ben"], found["cleo"]) >= 15


def test_nothing_comes_of_nobody() -> None:
    assert suggest([], [], WEEK, seed="s") == Suggestions((), ())


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(Refused):
        Mentor("ada", OFFICE, room=-1)
    with pytest.raises(ValueError, match="one key"):
        suggest([Mentor("ada", OFFICE)] * 2, [], WEEK, seed="s")


def test_choice_of_others_hides_whom_anybody_named_and_leaves_out_who_cannot_be():
    named = Mentor("named", OFFICE, frozenset({"maps"}), prefers=("n1",))
    better = Mentor("better", OFFICE, frozenset({"maps", "docs"}))
    full = Mentor("full", OFFICE, frozenset({"maps", "docs"}), room=0)
    apart = Mentor("apart", OFFICE, frozenset({"maps", "docs"}))
    foreign = Mentor("foreign", OFFICE, frozenset({"maps", "docs"}), languages=frozenset({"de"}))
    mentors = [named, better, full, apart, foreign]
    mentee = Mentee("n1", OFFICE, frozenset({"maps", "docs"}), prefers=("named",), languages=frozenset({"en", "pt"}))
    never = [("n1", "apart")]

    found = who_suits(mentors, [mentee], WEEK, seed="s", apart=never)
    few = who_suits(mentors, [mentee], WEEK, seed="s", apart=never, most=1)

    assert [one.mentor for one in found["n1"]] == ["better", "named"]
    assert [one.mentor for one in few["n1"]] == ["better"]
    assert suggest(mentors, [mentee], WEEK, seed="s", apart=never).suggestions[0].mentor == "named"
    alone = suggest([foreign], [mentee], WEEK, seed="s")
    assert alone.waiting == (("n1", Why.NO_SHARED_HOURS),)
