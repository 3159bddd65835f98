from __future__ import annotations

import csv
import io

import pytest

from folkmoot.kit.csv_text import csv_text


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_kept_from_it(begins):
    assert list(csv.reader(io.StringIO(csv_text(["a"], [[f"{begins}1+1"]]), newline=""))) == [["a"], [f"'{begins}1+1"]]


def test_commas_quotes_lines_and_nothing_come_back_as_they_were():
    row = ['a, "b"', "two\nlines", "東京", None]

    assert list(csv.reader(io.StringIO(csv_text("wxyz", [row]), newline=""))) == [
        ["w", "x", "y", "z"],
        ['a, "b"', "two\nlines", "東京", ""],
    ]
