from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.naming import for_terminal, plain_name, shows_nothing


def test_plain_name_keeps_what_scripts_and_emoji_need():
    assert plain_name(" 👩‍🌾  نور\tالحدّاد ") == "👩‍🌾 نور الحدّاد"


def test_plain_name_drops_what_steers_or_drives():
    assert plain_name("Ada\u202e\x1b]0;title\x07 Oakes\u2066") == "Ada]0;title Oakes"


def test_plain_name_is_cut_without_a_space_at_its_end():
    assert plain_name("abc def", 4) == "abc"


def test_names_that_show_nothing_are_told():
    assert shows_nothing("\u200b\u200d")
    assert not shows_nothing("…")


@given(st.text())
def test_plain_name_is_one_line_and_stays_the_same_when_done_twice(text):
    once = plain_name(text)

    assert plain_name(once) == once
    assert len(once.splitlines()) <= 1


def test_text_for_a_terminal_cannot_drive_it():
    assert for_terminal("a\x1b[2Jb\n\tc\x9b") == "a\ufffd[2Jb\n\tc\ufffd"
