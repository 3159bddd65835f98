"""CSV as CIVS and Elekto write it: a row of names, then a row a ballot with a number for each candidate.

The lower number is preferred unless it is said otherwise. An empty cell, "-" and "No opinion" say nothing: such a
candidate is not ranked last, but not compared. A file of affiliations is a CSV as well.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from folkmoot.governance.domain.counting.ballots import NO_VALUE, Ballots, from_values, named, same_person
from folkmoot.governance.domain.counting.files.wrong import WrongFile
from folkmoot.kit.errors import Refused

HIGHEST: Final = 1_000_000
NOTHING: Final = frozenset({"", "-", "no opinion"})
_NUMBER: Final = re.compile(r"[0-9]{1,7}")


def read_csv(text: str, *, higher_is_better: bool = False) -> Ballots:
    """The ballots of a CSV file. WrongFile where it is none."""
    rows = _rows(text)
    head_line, head = next(rows, (1, []))
    if not any(cell.strip() for cell in head):
        raise WrongFile("a row with the names of the candidates", line=head_line, found="")
    try:
        names = named(head)
    except Refused as refused:
        raise WrongFile(f"a name for each candidate ({refused.message[:-1]})", line=head_line) from None
    values: dict[tuple[int, ...], int] = {}
    known: dict[str, int] = {}
    body = "\n".join(text.split("\n")[head_line:]) if '"' not in text else ""
    if body:
        for line, times in Counter(body.split("\n")).items():
            if line.strip():
                row = _read(line.split(","), names, known)
                if row is None:
                    number = head_line + body.split("\n").index(line) + 1
                    raise _wrong(line.split(","), names, number)
                values[row] = values.get(row, 0) + times
    else:
        for number, cells in rows:
            row = _read(cells, names, known)
            if row is None:
                raise _wrong(cells, names, number)
            values[row] = values.get(row, 0) + 1
    return from_values(names, values, higher_is_better=higher_is_better)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines and cells of all rows that are not empty."""
    reader = csv.reader(text.split("\n"), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongFile(f"a row of CSV ({error})", line=max(start, reader.line_num)) from None
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _read(cells: list[str], names: tuple[str, ...], known: dict[str, int]) -> tuple[int, ...] | None:
    """The numbers of a row; None where something is wrong with it. `known` keeps what words were read as."""
    if len(cells) != len(names):
        return None
    row = []
    for cell in cells:
        value = known.get(cell)
        if value is None:
            value = _value(cell)
            if value is None:
                return None
            known[cell] = value
        row.append(value)
    return tuple(row)


def _value(cell: str) -> int | None:
    """The number in a cell, `NO_VALUE` where it says nothing, None where it is neither."""
    word = cell.strip().casefold()
    if word in NOTHING:
        return NO_VALUE
    if _NUMBER.fullmatch(word) and int(word) <= HIGHEST:
        return int(word)
    return None


def _wrong(cells: list[str], names: tuple[str, ...], line: int) -> WrongFile:
    """What is wrong with a row of which something is."""
    column = 1
    for cell, name in zip(cells, names, strict=False):
        if _value(cell) is None:
            expected = f"a whole number from 0 to {HIGHEST}, or No opinion, for {name}"
            return WrongFile(expected, line=line, column=column, found=cell)
        column += len(cell) + 1
    return WrongFile(
        f"{len(names)} cells, one for each candidate", line=line, column=column, found=f"{len(cells)} cells"
    )


def read_affiliation_rows(text: str, candidates: tuple[str, ...]) -> dict[str, str]:
    """For whom candidates speak, by a CSV with the columns `candidate,affiliation`. An empty affiliation is none."""
    rows = _rows(text)
    line, head = next(rows, (1, []))
    if [cell.strip().casefold() for cell in head] != ["candidate", "affiliation"]:
        raise WrongFile("the columns candidate,affiliation", line=line, found=",".join(head))
    standing = {same_person(name): name for name in candidates}
    found: dict[str, str] = {}
    for line, cells in rows:
        if len(cells) != 2:
            raise WrongFile("a candidate and an affiliation", line=line, found=",".join(cells))
        name = standing.get(same_person(cells[0]))
        if name is None:
            raise WrongFile("the name of a candidate", line=line, found=cells[0])
        if name in found:
            raise WrongFile("each candidate once", line=line, found=cells[0])
        found[name] = " ".join(cells[1].split())
    return {name: affiliation for name, affiliation in found.items() if affiliation}
