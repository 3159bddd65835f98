"""People in tables: a column of names, perhaps one of marks, or rows such as "| Attendees | Ada, Ben |"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from folkmoot.meetings.domain.minutes import lexicon
from folkmoot.meetings.domain.minutes.gathered import Gathered
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.people import looks_like_a_name, split_list
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.words import Standing, label_words, standing_of

MOST_ROWS: Final = 2_000


@dataclass(slots=True)
class Columns:
    """Which column holds what; None for those that are not there."""

    name: int | None = None
    surname: int | None = None
    handle: int | None = None
    firm: int | None = None
    mark: int | None = None
    role: int | None = None


def columns_of(head: Sequence[str]) -> Columns:
    """The columns by the words of the head."""
    found = Columns()
    for place, cell in enumerate(head):
        words = label_words(plain(cell).replace("\n", " "))
        parts = set(words.replace("?", "").replace("/", " ").split())
        if not parts or len(parts) > 5:
            continue
        if parts & {"last", "surname", "family"}:
            found.surname = place
        elif found.mark is None and parts & lexicon.MARK_COLUMNS:
            found.mark = place
        elif found.handle is None and parts & lexicon.HANDLE_COLUMNS:
            found.handle = place
        elif found.name is None and (parts & lexicon.NAME_COLUMNS or words == "tsc member"):
            found.name = place
        elif found.firm is None and parts & lexicon.FIRM_COLUMNS:
            found.firm = place
        elif found.role is None and parts & lexicon.ROLE_COLUMNS:
            found.role = place
    if found.name is None and found.handle is not None:
        found.name, found.handle = found.handle, None
    return found


def is_roster(rows: Sequence[Line]) -> bool:
    """Whether a table that no heading announces lists who was there: names, with marks of presence."""
    if not rows or not rows[0].header:
        return False
    found = columns_of(rows[0].cells)
    if found.name is None:
        return False
    if found.mark is not None:
        return True
    known = (found.handle, found.firm, found.role)
    told = len(rows[0].cells) == 1 or any(place is not None for place in known)
    return told and standing_of(plain(rows[0].cells[found.name])) is not None


def read_table(rows: Sequence[Line], standing: Standing, into: Gathered, role: str = "") -> None:
    """Take the people of a table that was announced as one of people."""
    rows = [row for row in rows[:MOST_ROWS] if any(cell.strip() for cell in row.cells)]
    if not rows:
        return
    for row in rows:
        into.claimed.add(row.number)
    head = rows[0].cells
    columns = columns_of(head) if rows[0].header or len(rows) > 1 else Columns()
    body: Sequence[Line] = rows
    if columns.name is not None or columns.mark is not None:
        body = rows[1:]
        if columns.name is None:
            columns.name = next(place for place in range(len(head)) if place != columns.mark) if len(head) > 1 else 0
    elif by_standing(rows, into):
        return
    else:
        columns = guessed(rows)
        if rows[0].header and any(label_words(cell) for cell in head):
            body = rows[1:]
        into.tell("columns_guessed", rows[0].number)
    if columns.mark is None:
        _unheaded_marks(head, body, columns, into)
    if _one_row_of_many(head, body, columns, into, standing):
        return
    _people(body, columns, standing, into, role)


def _unheaded_marks(head: Sequence[str], body: Sequence[Line], columns: Columns, into: Gathered) -> None:
    """Take a column that holds nothing but marks for one of presence where it has no head; where it has, tell it."""
    taken = (columns.name, columns.surname, columns.handle, columns.firm, columns.role)
    for place in range(max((len(row.cells) for row in body), default=0)):
        cells = [_mark(row.cells[place]) for row in body if place < len(row.cells)]
        filled = [cell for cell in cells if cell]
        if place in taken or not filled or not all(cell in lexicon.YES or cell in lexicon.NO for cell in filled):
            continue
        if place >= len(head) or not label_words(plain(head[place])):
            columns.mark = place
            return
        into.tell("columns_guessed", body[0].number)


def by_standing(rows: Sequence[Line], into: Gathered) -> bool:
    """Take a table whose columns are headed Present and Absent, with people below them."""
    heads = [standing_of(plain(cell)) for cell in rows[0].cells]
    if sum(head is not None for head in heads) < 2 or len(rows) < 2:
        return False
    for row in rows[1:]:
        for head, cell in zip(heads, row.cells, strict=False):
            if head is not None:
                for part in split_list(plain(cell)):
                    into.entry(part, row, head)
    return True


def _one_row_of_many(
    head: Sequence[str], body: Sequence[Line], columns: Columns, into: Gathered, standing: Standing
) -> bool:
    """A single row whose cell of people holds several of them, as in "| Date | Attendees |"."""
    if len(body) != 1 or columns.name is None or columns.name >= len(body[0].cells):
        return False
    cell = body[0].cells[columns.name]
    parts = split_list(plain(cell))
    if len(parts) < 2 or standing_of(plain(head[columns.name])) is None:
        return False
    for part in parts:
        into.entry(part, body[0], standing)
    return True


def guessed(rows: Sequence[Line]) -> Columns:
    """Columns of a table without a head that we know: names first, marks where all cells are marks."""
    found = Columns(name=0)
    width = max(len(row.cells) for row in rows)
    for place in range(1, width):
        cells = [_mark(row.cells[place]) if place < len(row.cells) else "" for row in rows]
        filled = [cell for cell in cells if cell]
        if filled and all(cell in lexicon.YES or cell in lexicon.NO for cell in filled):
            found.mark = place
        elif found.firm is None and filled:
            found.firm = place
    return found


def _mark(cell: str) -> str:
    raw = cell.strip().lower().replace(":white_check_mark:", "✓").replace(":heavy_check_mark:", "✓").replace(":x:", "✗")
    if raw.startswith("[") and raw.endswith("]"):
        raw = raw[1:-1].strip()
    bare = plain(raw).strip(" .*").lower()
    return bare or ("" if raw.startswith("<") else raw.strip())


def _people(body: Sequence[Line], columns: Columns, standing: Standing, into: Gathered, role: str) -> None:
    marked = unmarked = 0
    for row in body:
        name = _cell(row, columns.name)
        if columns.surname is not None and columns.surname != columns.name:
            name = f"{name} {_cell(row, columns.surname)}".strip()
        if not plain(name):
            continue
        if columns.mark is not None:
            mark = _mark(_cell(row, columns.mark))
            first = mark.split()[0].strip(",;(") if mark.split() else ""
            if not mark or mark in lexicon.NO or first in lexicon.NO:
                unmarked += 1
                into.tell("not_marked", row.number, name=plain(name))
                if first in ("regrets", "absent", "excused", "apologies", "regret"):
                    into.entry(name, row, "absent", role, _said(row, columns.firm))
                continue
            if mark not in lexicon.YES and first not in lexicon.YES:
                into.tell("mark_unknown", row.number, text=mark, name=plain(name))
                unmarked += 1
                continue
            marked += 1
        handle = _said(row, columns.handle).strip(" @")
        text = f"{name} (@{handle})" if handle and " " not in handle and "@" not in name and handle != "-" else name
        several = _several(name)
        if several and len(several) > 2 and any(len(part.split()) < 2 for part in several):
            into.tell("commas_unclear", row.number, text=plain(name))
        for one in several or [text]:
            into.entry(one, row, standing, _said(row, columns.role) or role, _said(row, columns.firm))
    if columns.mark is not None and not marked and unmarked:
        into.tell("nobody_marked", body[0].number if body else 0)


def _several(name: str) -> list[str]:
    """The people in one cell, where there is more than one."""
    parts = split_list(plain(name))
    bare = [part.split("(")[0].strip() for part in parts]
    whole = all(looks_like_a_name(part) and len(part.split()) > 1 for part in bare)
    return parts if len(parts) > 1 and (whole or len(parts) > 2 or "\n" in plain(name)) else []


def _cell(row: Line, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _said(row: Line, place: int | None) -> str:
    return plain(_cell(row, place)).replace("\n", " ")
