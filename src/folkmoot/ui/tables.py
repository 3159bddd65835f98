"""What a data table is made of, for the tag `{% data_table %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers (which stand at the end of the line)."""

    label: Label
    is_number: bool = False


@dataclass(frozen=True)
class DataTable:
    """A table: what it shows in a sentence, its columns, and rows of text, numbers or finished HTML.

    The first cell of each row names the row. Every row has as many cells as there are columns.
    """

    caption: Label
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")
