from __future__ import annotations

import pytest

from folkmoot.groups.pages import as_one_of, shortened, stated_from


def test_shortened_keeps_whole_sentences():
    text = "One sentence here. Another one follows. " + "And a third that is long. " * 20

    assert shortened(text, 60) == "One sentence here. Another one follows."


def test_shortened_cuts_a_first_sentence_that_is_too_long_at_a_word():
    cut = shortened("word " * 100, 42)

    assert len(cut) <= 42
    assert cut.endswith("word…")


def test_shortened_leaves_short_texts_alone():
    assert shortened(" a\n b ", 10) == "a b"


def test_stated_leads_out_only_where_it_is_harmless():
    assert stated_from({"name": "x", "url": "https://example.org"}, "/c/").url == "https://example.org"
    for hostile in ("javascript:alert(1)", "data:text/html,x", "//evil.example", "../x", "vbscript:x"):
        assert stated_from({"name": "x", "url": hostile}, "/c/").url == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Observers", "As an observer"),
        ("Working Group Managers", "As a working group manager"),
        ("Community at Large", "In this role"),
        ("Chair", "In this role"),
        ("Boss", "In this role"),
        ("Moderador/as", "In this role"),
        ("参加者", "In this role"),
        ("", "In this role"),
    ],
)
def test_role_is_spoken_of_in_the_singular_where_english_has_one(name, words):
    assert as_one_of(name) == words
