"""BLT: candidates and seats, who withdrew, ballots, a zero, names, a title.

    3 2            three candidates, two seats
    -2             the second withdrew
    4 1 3 0        four ballots: the first candidate, then the third
    2 3 1=2 0      two ballots on which the first and the second are equal
    1 2 - 1 0      one ballot whose voter left the second preference out
    0
    "Ana"
    "Ben"
    "Cleo"
    "Committee"

A number in brackets before a ballot, which some programs write, is passed over, and so is all after a #.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from folkmoot.governance.domain.counting.ballots import MOST_CANDIDATES, MOST_WEIGHT, Ballots, Row, from_rows, named
from folkmoot.governance.domain.counting.files.wrong import WrongFile, column_of
from folkmoot.kit.errors import Refused

_HEAD: Final = re.compile(r"\s*\d+\s+\d+\s*(?:#.*)?")
_NUMBER: Final = re.compile(r"[0-9]{1,10}")
_BALLOT_ID: Final = re.compile(r"\s*\([^()\n]{0,80}\)")


def looks_like_blt(text: str) -> bool:
    """Whether the first line with something on it is a pair of numbers."""
    return next((bool(_HEAD.fullmatch(line)) for line in text.split("\n", 50) if _said(line)), False)


def read_blt(text: str) -> Ballots:
    """The ballots of a BLT file. WrongFile where it is none."""
    lines = text.split("\n")
    at, size, seats = _head(lines)
    at, withdrawn = _withdrawn(lines, at + 1, size)
    end = _end_of_ballots(lines, at)
    rows: dict[Row, int] = {}
    for line, times in Counter(lines[at:end]).items():
        try:
            read = _ballot(line, size)
        except WrongReason as wrong:
            number = at + lines[at:end].index(line) + 1
            raise WrongFile(wrong.expected, line=number, column=wrong.column, found=wrong.found) from None
        if read is not None:
            row, weight = read
            rows[row] = rows.get(row, 0) + weight * times
    if end == len(lines):
        raise WrongFile("a line with 0 behind the last ballot", line=len(lines), column=len(lines[-1]) + 1, found="")
    names, title = _names(lines, end + 1, size)
    return from_rows(names, rows, withdrawn=[names[place] for place in withdrawn], seats=seats, title=title)


class WrongReason(Exception):
    """What is wrong in a line, before it is known which line it is."""

    def __init__(self, expected: str, column: int, found: str) -> None:
        super().__init__(expected)
        self.expected = expected
        self.column = column
        self.found = found


def _said(line: str) -> str:
    """A line without its remark."""
    return line.partition("#")[0].strip()


def _head(lines: Sequence[str]) -> tuple[int, int, int]:
    """The line of the head, how many candidates, how many seats."""
    at = next((number for number, line in enumerate(lines) if _said(line)), 0)
    words = _said(lines[at]).split()
    if len(words) != 2 or not all(_NUMBER.fullmatch(word) for word in words):
        raise WrongFile("how many candidates and how many seats", line=at + 1, found=_said(lines[at]))
    size, seats = map(int, words)
    if not 1 <= size <= MOST_CANDIDATES:
        raise WrongFile(f"from 1 to {MOST_CANDIDATES} candidates", line=at + 1, found=words[0])
    if not 1 <= seats <= size:
        column = column_of(lines[at], 1)
        raise WrongFile(f"from 1 to {size} seats", line=at + 1, column=column, found=words[1])
    return at, size, seats


def _withdrawn(lines: Sequence[str], at: int, size: int) -> tuple[int, set[int]]:
    """The line after those that say who withdrew, and the places of those."""
    gone: set[int] = set()
    while at < len(lines) and (not lines[at] or not (said := _said(lines[at])) or said.startswith("-")):
        if not lines[at]:
            at += 1
            continue
        for number, word in enumerate(said.split()):
            if word == "0":
                continue
            if not _NUMBER.fullmatch(word[1:]) or not word.startswith("-") or not 1 <= int(word[1:]) <= size:
                column = column_of(lines[at], number)
                raise WrongFile(f"a withdrawn candidate from -1 to -{size}", line=at + 1, column=column, found=word)
            gone.add(int(word[1:]) - 1)
        at += 1
    return at, gone


def _end_of_ballots(lines: Sequence[str], at: int) -> int:
    """The line with the single zero; behind the last line where there is none."""
    for number in range(at, len(lines)):
        line = lines[number]
        if line[:1] in "0 \t#" and _said(line) == "0":
            return number
    return len(lines)


def _ballot(line: str, size: int) -> tuple[Row, int] | None:
    """Places and weight of one line; None where it is empty."""
    body = line.partition("#")[0] if "#" in line else line
    if body.lstrip().startswith("(") and (found := _BALLOT_ID.match(body)):
        body = " " * found.end() + body[found.end() :]
    words = body.split(maxsplit=size * 4 + 4)
    if not words:
        return None
    first = words[0]
    if not _NUMBER.fullmatch(first) or not 1 <= int(first) <= MOST_WEIGHT:
        raise WrongReason("how many gave this ballot, a whole number from 1", column_of(body, 0), first)
    row = bytearray(size + 1)
    place = 1
    skipped = False
    for number, word in enumerate(words[1:], 1):
        if word == "0":
            if number != len(words) - 1:
                raise WrongReason(
                    "nothing behind the 0 that ends a ballot", column_of(body, number + 1), words[number + 1]
                )
            return bytes(row), int(first)
        if word == "-":
            skipped = True
            continue
        for preference in word.split("=") if "=" in word else (word,):
            try:
                candidate = int(preference) - 1 if preference.isascii() and preference.isdigit() else -1
            except ValueError:  # more digits than Python reads
                candidate = -1
            if not 0 <= candidate < size:
                raise WrongReason(f"a candidate from 1 to {size}, or 0", column_of(body, number), preference)
            if row[candidate]:
                raise WrongReason("each candidate once on a ballot", column_of(body, number), preference)
            row[candidate] = place
        if skipped and not row[size]:
            row[size] = place
        place += 1
    raise WrongReason("0 at the end of the ballot", len(body.rstrip()) + 1, "")


def _names(lines: Sequence[str], at: int, size: int) -> tuple[tuple[str, ...], str]:
    """The names behind the ballots, and the title."""
    found: list[tuple[int, str]] = []
    for number in range(at, len(lines)):
        line = lines[number].strip()
        if not line:
            continue
        if len(found) > size:
            raise WrongFile("nothing behind the title", line=number + 1, found=line)
        if line.startswith('"'):
            end = line.find('"', 1)
            if end < 0 or line[end + 1 :].partition("#")[0].strip():
                raise WrongFile("a name between two quotation marks", line=number + 1, found=line)
            line = line[1:end]
        found.append((number, line))
    if len(found) < size:
        raise WrongFile(
            f"the names of {size} candidates, each on a line", line=len(lines), found=f"{len(found)} of them"
        )
    try:
        names = named(name for _, name in found[:size])
    except Refused as refused:
        seen: set[str] = set()
        for number, name in found[:size]:
            if not name or name in seen:
                raise WrongFile("a name that no other candidate has", line=number + 1, found=name) from None
            seen.add(name)
        raise refused
    return names, found[size][1] if len(found) > size else ""


def write_blt(ballots: Ballots) -> str:
    """Ballots as a BLT file, which reads back the same; numbers of a CSV become places."""
    size = len(ballots.candidates)
    lines = [f"{size} {ballots.seats or 1}"]
    lines += [f"-{place}" for place, name in enumerate(ballots.candidates, 1) if name in ballots.withdrawn]
    for row, weight in enumerate(ballots.weights):
        groups: dict[int, list[str]] = {}
        for candidate, column in enumerate(ballots.columns, 1):
            if column[row]:
                groups.setdefault(column[row], []).append(str(candidate))
        words = []
        for place in sorted(groups):
            if ballots.gaps and ballots.gaps[row] == place:
                words.append("-")
            words.append("=".join(groups[place]))
        lines.append(" ".join([str(weight), *words, "0"]))
    names = [name.replace('"', "'") for name in (*ballots.candidates, ballots.title) if name]
    return "\n".join([*lines, "0", *(f'"{name}"' for name in names), ""])
