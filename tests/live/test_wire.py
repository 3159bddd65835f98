"""Messages about notes: what cannot be read is malformed, and never anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.live.domain import wire
from folkmoot.live.domain.edits import applied, edits
from folkmoot.live.domain.shared_text import SharedText, begun_with
from folkmoot.live.domain.wire import AreYouThere, AskedFor, Change, Malformed, Passed, Whereabouts, read

WORDS = st.text(alphabet="ab \n😀é", max_size=30)


def claim(state: object) -> bytes:
    words = json.dumps(state).encode()
    inner = bytes((1, 7, 3, len(words))) + words
    return bytes((wire.AWARENESS, len(inner))) + inner


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        (wire.step_1(b"\x00"), AskedFor(b"\x00")),
        (wire.step_2(b"x" * 300), Change(b"x" * 300)),
        (wire.update(b"ab"), Change(b"ab")),
        (claim({"cursor": {"head": 1}, "user": {"name": "Ada"}}), Whereabouts(3, {"head": 1})),
        (claim({"user": {"name": "Ada"}}), Whereabouts(3, None)),
        (claim(None), Whereabouts(3, None)),
        (wire.here(), AreYouThere()),
        (bytes((wire.QUERY_AWARENESS,)), Passed()),
    ],
)
def test_message_is_read(message, meant):
    assert read(message) == meant


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00",
        b"\x00\x02\x05abc",
        b"\x00\x02\x01ab",
        b"\x00\x07\x00",
        b"\x63",
        b"\xff" * 12,
        bytes((wire.AWARENESS, 1, 2)),
        b"\x00\x02" + b"\x00" * wire.MOST_BYTES,
    ],
)
def test_rubbish_is_malformed(message):
    with pytest.raises(Malformed):
        read(message)


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: b"\x00\x02" + bytes((len(rest),)) + rest))
def test_nothing_that_comes_breaks_the_reader_or_the_text(message):
    try:
        found = read(message)
    except Malformed:
        return
    text = SharedText([begun_with("Ada was here")])
    try:
        if isinstance(found, Change):
            text.apply(found.update)
        elif isinstance(found, AskedFor):
            text.since(found.has)
    except Malformed:
        pass
    assert SharedText([text.whole]).text == text.text


@given(WORDS, WORDS)
def test_edits_make_the_new_text_of_the_old(old, new):
    assert applied(old, edits(old, new)) == new


@given(WORDS, WORDS, WORDS)
def test_text_takes_over_what_was_written_elsewhere_while_others_write(first, theirs, ours):
    one = SharedText([begun_with(first)])
    other = SharedText([one.whole])

    made = one.take_over(theirs)
    typed = other.take_over(ours)
    one.apply(typed or b"\x00\x00")
    other.apply(made or b"\x00\x00")

    assert one.text == other.text
    if ours == first:
        assert one.text == theirs


def test_only_adding_takes_nothing_out():
    text = SharedText([begun_with("one two three")])

    text.take_over("one four three", only_add=True)

    assert text.text == "one two four three"


def test_whole_holds_no_words_that_were_taken_out():
    text = SharedText([begun_with("Ada Birch was for it.")])

    text.take_over("Somebody was for it.")

    assert (b"Birch" in text.whole, SharedText([text.whole]).text) == (False, "Somebody was for it.")
