"""Objectives found again, stages in their order and Markdown that says what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.plan.domain.lifecycle import FOLLOWS, Stage, may_follow
from folkmoot.plan.domain.objectives import Objective, find
from folkmoot.plan.domain.report_text import plain_words, whole_text
from folkmoot.plan.rendering import rendered, without_markup

WARMTH, LIGHT = Objective("Warmth", "", "1.1", "warmth"), Objective("Light & air", "", "1.2", "light-air")


def test_objective_is_found_by_its_name_or_else_by_its_anchor():
    assert find([WARMTH, LIGHT], " light &  AIR") == LIGHT
    assert find([WARMTH, LIGHT], "Light and air", "light-air") == LIGHT
    assert find([WARMTH, LIGHT], "Darkness", "darkness") is None
    assert find([WARMTH, LIGHT], "Darkness") is None


def test_every_stage_can_be_reached_and_none_is_a_dead_end():
    assert {now for ways in FOLLOWS.values() for now in ways} == set(Stage) - {Stage.PROPOSED}
    assert all(FOLLOWS[stage] for stage in Stage)
    assert not any(may_follow(stage, stage) for stage in Stage)
    assert not may_follow(Stage.SANDBOX, Stage.GRADUATED)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_plain_words_come_out_of_markdown_as_they_were(text):
    shown = rendered(plain_words(text))

    for tag in ("<em", "<strong", "<a ", "<code", "<li", "<h3", "<blockquote", "<hr", "<table", "<del"):
        assert tag not in shown


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "- not a list",
        "1. not a list",
        "*no* _no_ `no`",
        "[no](https://x.example)",
        "<b>no</b>",
        "+ a",
    ],
)
def test_plain_words_are_one_paragraph(text):
    from html import unescape

    assert unescape(rendered(plain_words(text))).strip() == f"<p>{text}</p>"


def test_whole_text_leaves_out_what_says_nothing():
    assert whole_text("Lantern, *May*", [("Calls", "- One."), ("Risks", " \n"), ("Next", "- Two.")]) == (
        "# Lantern, \\*May\\*\n\n## Calls\n\n- One.\n\n## Next\n\n- Two.\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,1)", "<p>[x](data:text/html,1)</p>\n"),
        ("[x](/elsewhere)", '<p><a rel="noopener noreferrer nofollow">x</a></p>\n'),
        ("![x](https://t.example/p.gif)", "<p></p>\n"),
        ("# Big", "<h3>Big</h3>\n"),
        ("###### Small", "<h6>Small</h6>\n"),
    ],
)
def test_markdown_shows_nothing_harmful(text, shown):
    assert rendered(text).replace("<p>&lt;", "&lt;").replace("&gt;</p>", "&gt;") == shown


def test_no_heading_of_a_text_is_as_high_as_the_page_s_own():
    assert rendered("# Big\n\n## Less", first_heading=1) == "<h2>Big</h2>\n<h2>Less</h2>\n"


def test_words_alone_are_what_is_left_without_markup():
    assert without_markup("* *One* & [two](https://x.example)\n* `<three>`") == "One & two <three>"
