"""Paragraphs of a motion, and changes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.decisions.domain.paragraphs import Change, Conflict, ParagraphChange, apply, conflict_in, join, split

LINES = st.lists(
    st.sampled_from(["", " ", "We meet.", "# Why", "* one", "* two", "```", "~~~", "    code", "Über uns"]), max_size=14
)
PARAGRAPHS = st.lists(st.sampled_from(["one", "two", "three\nfour", "* a\n* b"]), min_size=1, max_size=6)


@st.composite
def paragraphs_and_changes(draw):
    texts = draw(PARAGRAPHS)
    numbers = st.integers(1, len(texts))
    places = draw(st.lists(numbers, unique=True))
    changes = [
        ParagraphChange(draw(st.sampled_from([Change.REPLACE, Change.DELETE])), place, f"new {place}")
        for place in places
    ]
    inserts = [
        ParagraphChange(Change.INSERT, draw(st.integers(0, len(texts))), f"extra {n}")
        for n in range(draw(st.integers(0, 3)))
    ]
    return texts, draw(st.permutations([*changes, *inserts]))


def test_text_is_split_at_blank_lines_and_headings() -> None:
    text = "# Calls\r\nWe call\r\nweekly.\r\n\r\n\r\n* one\r\n* two\r\n\r\n```\r\na\r\n\r\nb\r\n```\r\nEnd"

    assert split(text) == ("# Calls", "We call\nweekly.", "* one\n* two", "```\na\n\nb\n```\nEnd")


def test_nothing_has_no_paragraphs() -> None:
    assert split(" \n\n\t") == ()


@given(LINES)
def test_joined_and_split_again_it_is_the_same(lines) -> None:
    once = split("\n".join(lines))

    assert split(join(once)) == once


@given(LINES)
def test_no_word_is_lost(lines) -> None:
    text = "\n".join(lines)

    assert join(split(text)).split() == text.split()


def test_changes_are_counted_in_the_text_as_it_was() -> None:
    changes = [
        ParagraphChange(Change.INSERT, 0, "zero"),
        ParagraphChange(Change.DELETE, 1),
        ParagraphChange(Change.REPLACE, 3, "THREE"),
        ParagraphChange(Change.INSERT, 3, "three and a half"),
        ParagraphChange(Change.INSERT, 3, "three and three quarters"),
    ]

    assert apply(("one", "two", "three"), changes) == (
        "zero", "two", "THREE", "three and a half", "three and three quarters",
    )  # fmt: skip


@pytest.mark.parametrize("second", [Change.REPLACE, Change.DELETE])
def test_two_changes_of_one_paragraph_clash(second) -> None:
    changes = [ParagraphChange(Change.REPLACE, 2, "a"), ParagraphChange(second, 2, "b")]

    assert conflict_in(changes) == 2
    with pytest.raises(Conflict) as caught:
        apply(("one", "two"), changes)
    assert caught.value.paragraph == 2


@pytest.mark.parametrize(("change", "paragraph"), [(Change.REPLACE, 0), (Change.DELETE, 3), (Change.INSERT, 3)])
def test_paragraph_that_is_not_there(change, paragraph) -> None:
    with pytest.raises(IndexError):
        apply(("one", "two"), [ParagraphChange(change, paragraph, "x")])


@given(paragraphs_and_changes())
def test_untouched_paragraphs_stay_in_their_order(given_case) -> None:
    texts, changes = given_case
    touched = {one.paragraph for one in changes if one.change != Change.INSERT}
    stays = [text for number, text in enumerate(texts, 1) if number not in touched]
    made = apply(texts, changes)

    assert [text for text in made if text in texts] == stays
    assert len(made) == len(texts) + sum({Change.INSERT: 1, Change.DELETE: -1}.get(one.change, 0) for one in changes)


@given(PARAGRAPHS)
def test_no_changes_change_nothing(texts) -> None:
    assert apply(texts, []) == tuple(texts)
