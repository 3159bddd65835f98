"""Everything that is kept about a person, as a file for them: one JSON, the same to read, and a table per kind.

It is made in the request: a person's rows are few. The measure is `tests/people/test_export.py`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from folkmoot.kit.csv_text import written
from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA, corrected_at, moves_when_merged, seen_by
from folkmoot.people.queries import records_of
from folkmoot.ui.slots import Label

ON_A_PAGE = 100


@dataclass(frozen=True)
class Section:
    """One kind of thing that is kept: its rows as JSON values by plain names."""

    name: str
    title: Label
    seen_by: Label
    corrected_at: str
    moves: bool
    """Whether it goes to the record that is kept when two are merged."""
    rows: Sequence[Mapping[str, Any]]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The newest rows in words, as many as a page holds."""
        return [[(name, words(value)) for name, value in row.items()] for row in self.rows[-ON_A_PAGE:]]


def kept_about(person: Person) -> list[Section]:
    """What every room keeps about a person, and about the records that were merged into theirs; empty kinds too."""
    records = records_of(person)
    return [
        Section(
            entry.name,
            entry.item.title,
            seen_by(entry.item),
            corrected_at(entry.item),
            moves_when_merged(entry.item),
            [row for one in records for row in entry.item.export(one)],
        )
        for entry in PERSON_DATA.entries()
    ]


def as_zip(person: Person, *, on: str) -> bytes:
    """The file: `everything.json`, `everything.md`, and `tables/<kind>.csv`. `on` is the day, as it is to be read."""
    sections = kept_about(person)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", as_json(sections))
        archive.writestr("everything.md", as_markdown(person, sections, on))
        for section in sections:
            if section.rows:
                archive.writestr(f"tables/{section.name}.csv", as_table(section))
    return buffer.getvalue()


def as_json(sections: Sequence[Section]) -> str:
    """One object: per kind, by its stable name, the list of its rows."""
    return json.dumps({section.name: list(section.rows) for section in sections}, ensure_ascii=False, indent=2)


def as_markdown(person: Person, sections: Sequence[Section], on: str) -> str:
    """The same for reading."""
    lines = [f"# {_('What is kept about %(name)s') % {'name': person.name}}", "", on, ""]
    for section in sections:
        lines += [f"## {section.title}", "", f"{_('Who sees it')}: {section.seen_by}", ""]
        if not section.rows:
            lines += [_("Nothing."), ""]
        for row in section.rows:
            lines += [*(f"* {name}: {words(value)}" for name, value in row.items()), ""]
    return "\n".join(lines)


def as_table(section: Section) -> str:
    """The same for a spreadsheet, in which no cell is taken for a formula."""
    columns = list(dict.fromkeys(name for row in section.rows for name in row))
    rows = ([words(row.get(name)) for name in columns] for row in section.rows)
    return "".join(written([columns, *rows]))


def words(value: Any) -> str:
    """A JSON value in a line for people."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping | list):
        return ", ".join(_pieces(value))
    return " ".join(str(value).split())


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield f"{name}: {words(inner)}"
    else:
        for inner in value:
            yield f"({words(inner)})" if isinstance(inner, Mapping | list) else words(inner)
