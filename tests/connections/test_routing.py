"""Whom to ask: knowledge, hours, room and fairness, each with what would be different without it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.likeness import Likeness, in_common, terms
from folkmoot.connections.domain.routing import (
    Answered,
    Choice,
    Fits,
    Helper,
    Reason,
    Routing,
    Unfit,
    next_hours,
    route,
    sentence,
)
from folkmoot.connections.domain.shared_hours import Rhythm
from folkmoot.meetings.domain.fair_times import Hours, Span

NOW = datetime(2026, 10, 7, 10, tzinfo=UTC)
"""A Wednesday: noon in Berlin, 06:00 in New York, 19:00 in Tokyo."""
QUESTION = "How do I test the keyboard order of a dialog?"
PAST = [
    Answered("Keyboard order in dialogs: how do we test it?", "ada", date(2026, 9, 1)),
    Answered("Is there a budget for stickers?", "ben", date(2026, 9, 1)),
    Answered("Which licence do we use for pictures?", "cleo", date(2026, 9, 1)),
    Answered("¿Cómo pruebo el orden del teclado en un diálogo?", "cleo", date(2026, 9, 1)),
]


def helper(key: str, zone: str = "Europe/Berlin", **more) -> Helper:
    return Helper(key, Rhythm(zone), **more)


SOME = [helper("ada"), helper("ben", "Asia/Tokyo"), helper("cleo"), helper("eva", "Asia/Tokyo"), helper("fay")]


def asked(helpers, *, answered=PAST, now=NOW, question=QUESTION, **more) -> Routing:
    return route(question, "dan", helpers, answered, now, seed="seed", **more)


def test_who_answered_what_is_alike_is_asked_first() -> None:
    found = asked([helper("ben"), helper("ada"), helper("dan")])

    ada, ben = found.ask
    assert (ada.key, ben.key, ben.knows) == ("ada", "ben", 0)
    assert ada.reasons == (
        Reason(Fits.ANSWERED_ALIKE, count=1),
        Reason(Fits.IN_THEIR_HOURS),
        Reason(Fits.HAS_ROOM),
        Reason(Fits.NOT_ASKED_LATELY),
    )
    assert sentence(ada, "Ada") == "Ada answered a question like this one, and is there now."
    assert sentence(ben, "Ben") == "Ben is there now."


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("El orden del teclado en los diálogos", "cleo"),
        ("el ORDEN del teclado en dialogos", "cleo"),
        ("Sticker budgets", "ben"),
        ("licences of a picture", "cleo"),
    ],
)
def test_words_are_known_in_other_forms_and_languages(question, first) -> None:
    assert asked([helper("ada"), helper("ben"), helper("cleo")], question=question).ask[0].key == first


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"away": ((date(2026, 10, 7), date(2026, 10, 7)),)}, Unfit.AWAY),
        ({"open_requests": 3}, Unfit.FULL),
        ({"rhythm": Rhythm("Pacific/Auckland")}, Unfit.NOT_THEIR_TIME),
        ({"rhythm": Rhythm("America/New_York")}, Unfit.NOT_THEIR_TIME),
    ],
)
def test_nobody_is_asked_who_is_away_full_or_asleep(change, why) -> None:
    ada = helper("ada")

    found = asked([replace(ada, **change), helper("ben")])

    assert [one.key for one in asked([ada, helper("ben")]).ask] == ["ada", "ben"]
    assert [one.key for one in found.ask] == ["ben"]
    assert found.unfit == {"ada": why}


def test_those_asleep_who_know_are_named_with_their_next_hours() -> None:
    asleep = [helper("ada", "America/New_York"), helper("ben", "Pacific/Auckland")]

    found = asked(asleep)

    assert found.ask == ()
    assert found.later == (("ada", datetime(2026, 10, 7, 12, tzinfo=UTC)),)


def test_next_hours_pass_over_days_away_and_days_off() -> None:
    friday_evening = datetime(2026, 10, 9, 19, tzinfo=UTC)

    assert next_hours(helper("ada"), friday_evening) == datetime(2026, 10, 12, 6, tzinfo=UTC)
    away = helper("ada", away=((date(2026, 10, 12), date(2026, 10, 13)),))
    assert next_hours(away, friday_evening) == datetime(2026, 10, 14, 6, tzinfo=UTC)
    assert next_hours(replace(away, away=((date(2026, 10, 1), date(2026, 11, 1)),)), friday_evening) is None
    during = datetime(2026, 10, 7, 10, 0, 30, tzinfo=UTC)
    assert next_hours(helper("ada"), during) == during


def test_own_hours_count_more_than_the_rest_of_the_day() -> None:
    narrow = Helper("ada", Rhythm("Europe/Berlin", Hours(Span(16 * 60, 18 * 60))), frozenset({"dialog"}))
    open_now = helper("ben", can_help_with=frozenset({"dialog"}))

    found = asked([narrow, open_now], answered=[])

    assert [one.key for one in found.ask] == ["ben", "ada"]
    assert found.ask[1] == Choice(
        "ada",
        300,
        (Reason(Fits.KNOWS_TOPIC, topics=("dialog",)), Reason(Fits.HAS_ROOM), Reason(Fits.NOT_ASKED_LATELY)),
    )
    assert sentence(found.ask[1], "Ada") == "Ada can help with dialog."


def test_what_was_answered_long_ago_counts_less() -> None:
    both = [Answered(PAST[0].text, "ada", date(2023, 9, 1)), Answered(PAST[0].text, "ben", date(2026, 9, 1)), *PAST[1:]]

    assert [one.key for one in asked([helper("ada"), helper("ben")], answered=both).ask] == ["ben", "ada"]


def test_equals_are_asked_in_turn() -> None:
    helpers = {key: helper(key, can_help_with=frozenset({"dialog"})) for key in ("ada", "ben", "cleo")}
    times: Counter[str] = Counter()
    day = NOW

    for _ in range(30):
        (first,) = asked(helpers.values(), answered=[], now=day, most=1).ask
        times[first.key] += 1
        one = helpers[first.key]
        helpers[first.key] = replace(one, asked_on=(*one.asked_on, day.date()))
        assert max(times.values()) - min(times[key] for key in helpers) <= 1
        day += timedelta(days=1 if day.weekday() < 4 else 3)


def test_who_knows_best_is_not_the_only_one_who_is_asked() -> None:
    helpers = {"ada": helper("ada"), "ben": helper("ben", can_help_with=frozenset({"dialog"}))}
    times: Counter[str] = Counter()
    day = NOW

    for _ in range(20):
        (first,) = asked(helpers.values(), now=day, most=1).ask
        times[first.key] += 1
        one = helpers[first.key]
        helpers[first.key] = replace(one, asked_on=(*one.asked_on, day.date()))
        day += timedelta(days=1 if day.weekday() < 4 else 3)

    assert times["ada"] > times["ben"] >= 4


@settings(max_examples=40, deadline=None)
@given(st.permutations(SOME), st.permutations(PAST))
def test_order_of_what_is_handed_in_does_not_matter(helpers, past) -> None:
    assert asked(helpers, answered=past) == asked(SOME)


def test_seed_parts_equals_and_not_their_names() -> None:
    helpers = [helper("ada"), helper("ben")]

    first = Counter(route("?", "dan", helpers, [], NOW, seed=f"s{n}", most=1).ask[0].key for n in range(60))

    assert min(first["ada"], first["ben"]) >= 15


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=30))
def test_likeness_is_a_share_and_one_for_the_same(texts, other) -> None:
    found = Likeness([*texts, other]).to(other)

    assert all(0 <= one <= 1 + 1e-9 for one in found)
    assert found[-1] == pytest.approx(1) or found == [0] * len(found)


def test_terms_are_beginnings_of_words_in_folded_form() -> None:
    assert terms("Diálogos, *dialogue*, a PR 7: naïve") == {"dial": 2, "dialog": 2, "pr": 1, "naiv": 1, "naive": 1}
    assert terms("会議録 ok 会") == {"会議": 1, "議録": 1, "ok": 1, "会": 1}


def test_words_that_all_texts_have_say_nothing() -> None:
    texts = ["how do we test", "how do we pay", "how do we vote"]

    assert Likeness(texts).to("how do we") == [0, 0, 0]
    assert Likeness(texts).to("how do we vote")[:2] == [0, 0]


def test_scripts_without_spaces_are_read_by_pairs() -> None:
    texts = ["会議の議事録はどこですか", "予算はありますか", "招待状が届きません"]

    found = Likeness(texts).to("議事録を探しています")

    assert found[0] > 0.1 > max(found[1:])


def test_topics_stand_in_a_text_with_all_their_words() -> None:
    topics = ["screen reader", "screen size", "tests", "!", "accessibility"]

    assert in_common("Testing screen readers", topics) == ("screen reader", "tests")
    assert in_common("Is this accessible?", topics) == ("accessibility",)
    assert in_common("A committee", ["community"]) == ()
