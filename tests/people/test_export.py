from __future__ import annotations

import csv
import io

import pytest

from folkmoot.people.export import Section, as_markdown, as_table, words
from folkmoot.people.models import Person


def section(*rows: dict) -> Section:
    return Section("x.things", "Things", "You.", "", True, rows)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("two\nlines", "two lines"),
        (["a", "b"], "a, b"),
        ({"from": "x", "until": None}, "from: x, until: –"),
        ([{"a": 1}, {"a": 2}], "(a: 1), (a: 2)"),
    ],
)
def test_values_become_words(value, said):
    assert words(value) == said


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_table_is_a_formula(cell):
    rows = list(csv.reader(io.StringIO(as_table(section({"name": cell, "more": None})))))

    assert rows == [["name", "more"], [f"'{cell}", "–"]]


def test_table_has_a_column_for_whatever_any_row_has():
    rows = list(csv.reader(io.StringIO(as_table(section({"a": 1}, {"b": "x, y"})))))

    assert rows == [["a", "b"], ["1", "–"], ["–", "x, y"]]


def test_readable_file_says_what_who_and_when():
    person = Person(name="Ada")

    text = as_markdown(person, [section({"a": 1}), section()], "2026-05-01")

    assert text.splitlines() == [
        "# What is kept about Ada", "", "2026-05-01", "",
        "## Things", "", "Who sees it: You.", "", "* a: 1", "",
        "## Things", "", "Who sees it: You.", "", "Nothing.",
    ]  # fmt: skip
