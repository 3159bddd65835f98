from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.spreadsheet import csv_text, safe_cell

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@cmd", "\t=1", "\r=1", "  =1", "＝1"])
def test_what_begins_a_formula_is_shown_instead(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [("Ada", "Ada"), (None, ""), (7, "7"), ("a=b", "a=b"), ("", "")])
def test_everything_else_stays(value, cell):
    assert safe_cell(value) == cell


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_rows_survive_and_no_cell_begins_a_formula(rows):
    text = csv_text(["a", "b"], rows)

    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert text.startswith("\ufeffa,b\r\n")
    assert read[1:] == [[safe_cell(cell) for cell in row] for row in rows]
    assert not any(cell.lstrip(" ").startswith(STARTS) for row in read for cell in row)
