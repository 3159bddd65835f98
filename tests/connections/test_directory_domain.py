"""Who is found by whom, purely: what is hidden changes nothing that a reader sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.directory import (
    LEVELS,
    PARTS,
    Found,
    Told,
    Wanted,
    fits,
    in_common,
    most_in_common_first,
    narrower,
    said_among,
    shown_to,
)
from folkmoot.connections.domain.shared_hours import Rhythm, Window
from folkmoot.meetings.domain.fair_times import Hours, Span
from folkmoot.people.domain.seeking import read_words

WEEK = Window(datetime(2026, 3, 2, tzinfo=UTC), 7)
NINE_TO_FIVE, TWO_TO_NINE = (Rhythm("Europe/Lisbon", Hours(Span(a * 60, b * 60))) for a, b in ((9, 17), (14, 21)))
CANARY = {
    "cares": {"canary": "Canary"},
    "helps": {"canary": "Canary"},
    "learns": {"canary": "Canary"},
    "languages": ("xx",),
    "region": "XX",
    "zone": "Canary/Zone",
    "about": "canary",
    "hours": TWO_TO_NINE,
    "groups": {"canary": "Canary"},
}
READER = Told(1, "Reader", **CANARY | {"hours": NINE_TO_FIVE})
WANTED = [Wanted(words=read_words("canary")), Wanted(group="canary"), Wanted(cares="can"), Wanted(helps="canary")]
WANTED += [Wanted(learns="canary"), Wanted(language="xx"), Wanted(region="XX"), Wanted(hours=2)]


@settings(max_examples=25)
@given(
    seen=st.dictionaries(st.sampled_from(PARTS), st.sampled_from([*LEVELS, "odd"])),
    reached=st.sampled_from([{"signed_in"}, {"signed_in", "groups"}, set()]),
    filled=st.sets(st.sampled_from(PARTS)),
)
def test_what_is_hidden_changes_no_answer_order_or_choice(seen, reached, filled):
    """Two people who differ only in what is hidden cannot be told apart by anything that a reader can ask."""
    hidden = {part for part in PARTS if seen.get(part, "me") not in reached}
    plain = Told(2, "Somebody", **{part: CANARY[part] for part in filled - hidden})
    secret = replace(plain, **{part: CANARY[part] for part in hidden})

    one, other = shown_to(plain, seen, reached), shown_to(secret, seen, reached)

    assert one == other
    if other is not None:
        common = in_common(READER, other, WEEK)
        for wanted in WANTED:
            assert fits(one, common, wanted) == fits(other, common, wanted)
        assert [said_among([other], sort) for sort in ("cares", "helps", "learns")] == [
            ["Canary"] if sort in filled - hidden else [] for sort in ("cares", "helps", "learns")
        ]


@pytest.mark.parametrize("wanted", WANTED)
def test_each_search_finds_by_what_is_shown_and_not_without_it(wanted):
    """The negative control of the property above: shown, each of these finds; hidden, none does."""
    part = next(
        (name for name in ("group", "cares", "helps", "learns", "language", "region") if getattr(wanted, name)), ""
    )
    part = {"group": "groups", "language": "languages", "": "about" if wanted.words else "hours"}.get(part, part)
    somebody = Told(2, "Somebody", **CANARY)
    everything = dict.fromkeys(PARTS, "signed_in")
    hides = everything | ({part: "me"} if not wanted.words else dict.fromkeys(PARTS, "me") | {"zone": "signed_in"})

    shown, hidden = (shown_to(somebody, seen, {"signed_in"}) for seen in (everything, hides))

    assert fits(shown, in_common(READER, shown, WEEK), wanted)
    assert not fits(hidden, in_common(READER, hidden, WEEK), wanted)


@pytest.mark.parametrize(
    ("one", "other", "less"),
    [("signed_in", "groups", "groups"), ("groups", "everyone", "groups"), ("signed_in", "", "me"), ("odd", "me", "me")],
)
def test_narrower_choice_wins_and_an_unknown_one_shows_nothing(one, other, less):
    assert (narrower(one, other), narrower(other, one)) == (less, less)


def test_those_with_most_in_common_come_first_then_names():
    helper = Told(2, "zoe", helps={"canary": "Canary"})
    fellow = Told(3, "Yan", groups={"canary": "Canary"})
    late = Told(4, "Xen", hours=TWO_TO_NINE, about="hm")
    nobody, twin = Told(5, "Bo", about="hm"), Told(6, "ada", about="hm")
    found = [Found(one, in_common(READER, one, WEEK)) for one in (nobody, late, fellow, twin, helper)]

    ordered = most_in_common_first(found)

    assert [one.shown.name for one in ordered] == ["zoe", "Yan", "Xen", "ada", "Bo"]
    assert [one.common.minutes for one in ordered] == [0, 0, 180, 0, 0]


def test_hours_are_told_in_whole_half_hours_and_hours_alone_show_nobody():
    odd = Told(2, "Odd", hours=Rhythm("Europe/Lisbon", Hours(Span(16 * 60 + 11, 20 * 60))))

    assert in_common(READER, odd, WEEK).minutes == 30
    assert shown_to(odd, {"hours": "signed_in"}, {"signed_in"}) is None
