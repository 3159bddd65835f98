"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width forms count as well


def safe_cell(value: object) -> str:
    """The value as text; what a spreadsheet would run as a formula is given an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def sheet(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV text in UTF-8 order of RFC 4180, with a heading."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(name) for name in heading])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return out.getvalue()
