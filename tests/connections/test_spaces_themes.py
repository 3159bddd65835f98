"""Themes in the order of their dots, and the draft of a summary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.themes import Gathered, Wording, draft, in_order, plain, spent
from folkmoot.plan.rendering import rendered, without_markup

THEMES = (Gathered("Rooms", ("A quiet one",), 3), Gathered("doors", ("Signs", "Light"), 5), Gathered("Bread", (), 3))


def wording() -> Wording:
    return Wording(
        "What we asked", "What mattered", "Also said", "tied", {count: f"{count} dots" for count in range(99)}
    )


def test_most_dots_come_first_and_a_tie_shares_its_place_and_says_so():
    assert [(one.place, one.theme.name, one.tied) for one in in_order(THEMES)] == [
        (1, "doors", False),
        (2, "Bread", True),
        (2, "Rooms", True),
    ]
    assert [(one.place, one.tied) for one in in_order([*THEMES, Gathered("Last", ())])][-1] == (4, False)


def test_draft_tells_questions_themes_and_what_else_was_said_and_no_more():
    assert draft(["How might we begin?"], THEMES[:2], ["Later"], wording()) == (
        "## What we asked\n\n- How might we begin?\n\n"
        "## What mattered\n\n"
        "### 1. doors\n\n5 dots\n\n- Signs\n- Light\n\n"
        "### 2. Rooms\n\n3 dots\n\n- A quiet one\n\n"
        "## Also said\n\n- Later\n"
    )
    assert draft(["Why?"], [], [], wording()) == "## What we asked\n\n- Why?\n"


@settings(max_examples=12)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
@pytest.mark.parametrize("before", ["", "# ", "- ", "1. ", "[a](javascript:b) ", "<b>", "&lt;", "    "])
def test_what_people_wrote_stays_the_text_that_it_is(before, said):
    words = f"{before}{said}"

    assert without_markup(f"- {plain(words)}") == " ".join(words.split())
    assert "<a " not in rendered(plain("[x](https://example.org) <https://example.org>"))


def test_dots_are_a_choice_when_none_is_negative_and_all_are_there_to_be_spent():
    assert spent({1: 2, 2: 1}, 3)
    assert spent({}, 3)
    assert not spent({1: 2, 2: 2}, 3)
    assert not spent({1: 4, 2: -1}, 3)


@settings(max_examples=30)
@given(st.lists(st.builds(Gathered, st.text(max_size=5), st.just(()), st.integers(0, 4)), max_size=8))
def test_order_loses_no_theme_and_places_tell_how_many_are_before(themes):
    placed = in_order(themes)

    assert sorted(one.theme.name for one in placed) == sorted(theme.name for theme in themes)
    for one in placed:
        assert one.place == 1 + sum(other.dots > one.theme.dots for other in themes)
        assert one.tied == (sum(other.dots == one.theme.dots for other in themes) > 1)
