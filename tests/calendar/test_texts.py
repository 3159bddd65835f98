from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.calendar.texts import STEERING, one_line, paragraphs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Call\r\nDTSTART:19700101", "Call DTSTART:19700101"),
        ("  Call \t of\u2028the\x0bgroup ", "Call of the group"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("\u202eevil\u202c", "evil"),
        ("half \ud800 pair", "half ? pair"),
        ("cafe\u0301", "café"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("نداء المجموعة", "نداء المجموعة"),
        ("", ""),
    ],
)
def test_one_line_keeps_words_and_drops_what_a_feed_cannot_carry(typed, kept):
    assert one_line(typed, most=100) == kept


def test_one_line_is_cut_with_an_ellipsis():
    assert one_line("x" * 50, most=10) == "x" * 9 + "…"


def test_paragraphs_keep_their_lines_only():
    assert paragraphs("one\r\ntwo\rthree\u2028four\tfive\x00", most=100) == "one\ntwo\nthree\nfour five"


@given(st.text())
def test_one_line_is_one_line_that_any_database_keeps(text):
    kept = one_line(text, most=400)

    assert len(kept) <= 400
    assert len(kept.splitlines()) <= 1
    assert "\x00" not in kept
    assert not STEERING & set(kept)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert one_line(kept, most=400) == kept
