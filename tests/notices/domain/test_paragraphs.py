from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.notices.domain.paragraphs import Block, blocks


def test_paragraphs_and_lists_are_told_apart() -> None:
    text = "Hello Ada,\nwelcome.\n\n\nThis is new:\n- a call\n  * a role\nGoodbye"

    assert blocks(text) == [
        Block(False, ("Hello Ada,", "welcome.")),
        Block(False, ("This is new:",)),
        Block(True, ("a call", "a role")),
        Block(False, ("Goodbye",)),
    ]


@given(st.text())
def test_no_word_is_lost(text) -> None:
    found = " ".join(line for block in blocks(text) for line in block.lines).split()

    assert [word for word in found if word not in "-*•"] == [word for word in text.split() if word not in "-*•"]
