from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.people.domain.likeness import seek_key
from folkmoot.people.domain.seeking import (
    MOST_WORDS,
    Letters,
    NotSearchable,
    Piece,
    excerpt,
    fold,
    is_near,
    marked,
    read_words,
    score,
)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("lant", "Lantern Working Group"),
        ("makela", "Måkelä’s question"),
        ("Straße", "STRASSE"),
        ("e\u0301te", "Été"),
        ("lantren", "Lantern Working Group"),
        ("lanern", "Lantern Working Group"),
        ("comunitty", "Community care"),
        ("working lantern", "Lantern Working Group"),
        ("हिन्दी", "Calls in हिन्दी"),
        ("会議", "第三回会議"),
        ("2026", "Plans for 2026"),
    ],
)
def test_words_fit_titles_however_they_are_typed(asked, title):
    assert score(read_words(asked), title) > 0


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("tern", "Lantern Working Group"),
        ("cat", "Car"),
        ("lantern tuesday", "Lantern Working Group"),
        ("2025", "Plans for 2026"),
        ("!?", "Lantern"),
        ("", "Lantern"),
    ],
)
def test_words_that_do_not_stand_there_fit_nothing(asked, title):
    words = read_words(asked)

    assert not words or score(words, title) == 0


def test_whole_words_come_before_beginnings_before_near_misses_before_texts():
    words = read_words("quiet")
    titles = ["A quiet room", "Quietness", "A quite good room"]

    scores = [score(words, title) for title in titles] + [score(words, "A room", ["It is quiet."])]

    assert scores == sorted(set(scores), reverse=True)


def test_the_group_s_name_helps_and_is_not_enough():
    words = read_words("lantern budget")

    assert score(words, "Budget of spring", where="Lantern Working Group") > 0
    assert score(words, "Chairs", where="Lantern Budget Group") == 0


def test_a_text_is_not_sought_in_the_middle_of_its_words():
    words = read_words("art")

    assert score(words, "x", ["The party starts, and art follows."]) > 0
    assert score(words, "x", ["The party restarts."]) == 0


def test_words_beyond_the_most_are_left_out_and_it_says_so():
    words = read_words(" ".join(f"word{n}" for n in range(MOST_WORDS + 1)))

    assert len(words.folded) == MOST_WORDS
    assert words.was_cut
    assert not read_words("one two").was_cut


@pytest.mark.parametrize("asked", ["a" * 1001, "zep\x00hyr", "\x1b[2J"])
def test_what_nobody_types_is_not_searchable(asked):
    with pytest.raises(NotSearchable):
        read_words(asked)


def test_excerpt_stands_around_the_first_word_that_fits():
    text = "Chairs and tables. " * 30 + "The quiet room is upstairs. " + "Lamps and doors. " * 30

    pieces = excerpt(read_words("quiet"), ["", text], longest=80)
    shown = "".join(piece.text for piece in pieces)

    assert Piece("quiet", is_sought=True) in pieces
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 84


def test_excerpt_is_the_beginning_where_no_word_fits():
    assert excerpt(read_words("quiet"), ["", "All is loud."]) == [Piece("All is loud.")]
    assert excerpt(read_words("quiet"), [""]) == []


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(alphabet="abé äß會", max_size=12))
def test_marking_loses_and_adds_nothing(text, asked):
    assert "".join(piece.text for piece in marked(read_words(asked), text)) == text


@settings(max_examples=60)
@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6), st.integers(0, 2))
def test_nearness_is_the_same_both_ways(one, other, most):
    assert is_near(one, other, most) == is_near(other, one, most)
    assert is_near(one, one, most)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40))
def test_quick_folding_is_as_thorough_as_that_of_names(text):
    assert fold(text).split() == seek_key(text).split()


def test_texts_are_looked_at_as_far_as_the_letters_go():
    letters = Letters(10)

    fits = [score(read_words("lamp"), "Goal", ("a lamp",), letters=letters) for _ in range(2)]

    assert [bool(one) for one in fits] == [True, False]
    assert letters.left == 0


def test_texts_cost_no_letters_where_the_title_fits():
    letters = Letters(10)

    score(read_words("goal"), "Goal", ("a lamp",), letters=letters)

    assert letters.left == 10
