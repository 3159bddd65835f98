from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.ui.people_marks import TINTS, initials, tint


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Quillfeather", "AQ"),
        ("Jorin Vähäsalmi", "JV"),
        ("ana maria de sousa", "AS"),
        ("Teller", "T"),
        ("Émile E\u0301toile", "ÉÉ"),
        ("O'Brien", "O"),
        ("“Ada” Lovelace", "AL"),
        ("مريم القاسمي", "م"),
        ("李小龙", "李"),
        ("🌳 Oak", "O"),
        ("🌳", "?"),
        ("", "?"),
        ("7 of Nine", "7"),
        ("\u200bZoë\u200d", "Z"),
    ],
)
def test_initials_of_many_kinds_of_names(name, letters) -> None:
    assert initials(name) == letters


@given(st.text())
def test_initials_are_short_for_any_text(name) -> None:
    assert 1 <= len(initials(name)) <= 12


@given(st.integers() | st.text())
def test_tint_is_one_of_five_and_never_changes(key) -> None:
    assert 1 <= tint(key) <= TINTS
    assert tint(key) == tint(key)


def test_neighbours_differ_in_tint() -> None:
    assert len({tint(number) for number in range(5)}) == 5
