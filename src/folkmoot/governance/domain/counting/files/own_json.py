"""JSON of our own: candidates, and ballots as groups of names in order of preference, or as numbers.

    {"candidates": ["Ana", "Ben", "Cleo"], "seats": 1, "withdrawn": [],
     "ballots": [{"ranks": [["Ana"], ["Ben", "Cleo"]], "weight": 3}, {"scores": {"Ana": 5}}]}

Of `title`, `seats`, `withdrawn` and `weight` each may be left out. All ballots have ranks, or all have scores, of
which the higher is better.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from folkmoot.governance.domain.counting.ballots import (
    MOST_WEIGHT,
    NO_VALUE,
    Ballots,
    Row,
    from_rows,
    from_values,
    named,
)
from folkmoot.governance.domain.counting.files.csv_files import HIGHEST
from folkmoot.governance.domain.counting.files.wrong import WrongFile, place
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name

Path = tuple[str | int, ...]

KEYS: Final = {"candidates", "ballots", "seats", "withdrawn", "title"}
_SPACE: Final = " \t\n\r"


class _Wrong(Exception):
    """Something in the data is wrong, at this path."""

    def __init__(self, path: Path, expected: str) -> None:
        super().__init__(expected)
        self.path = path
        self.expected = expected


def read_json(text: str) -> Ballots:
    """The ballots of a JSON file. WrongFile where it is none."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise WrongFile(f"JSON ({error.msg})", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise WrongFile("JSON that is not nested so deep", line=1) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise WrongFile(f"JSON ({error})", line=1) from None
    try:
        return _ballots(data)
    except _Wrong as wrong:
        line, column = place(text, offset(text, wrong.path))
        raise WrongFile(wrong.expected, line=line, column=column) from None


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _ballots(data: Any) -> Ballots:
    _need(isinstance(data, dict), (), "an object with candidates and ballots")
    for key in data:
        _need(key in KEYS, (key,), f"one of {', '.join(sorted(KEYS))}")
    given = data.get("candidates")
    _need(isinstance(given, list) and all(isinstance(name, str) for name in given), ("candidates",), "a list of names")
    try:
        names = named(given)
    except Refused as refused:
        raise _Wrong(("candidates",), f"names, each once ({refused.message[:-1]})") from None
    at = {name: number for number, name in enumerate(names)}
    seats = data.get("seats")
    _need(seats is None or (_whole(seats) and 1 <= seats <= len(names)), ("seats",), f"from 1 to {len(names)} seats")
    gone = data.get("withdrawn", [])
    _need(isinstance(gone, list), ("withdrawn",), "a list of names")
    withdrawn = [names[_candidate(name, at, ("withdrawn", number))] for number, name in enumerate(gone)]
    title = data.get("title", "")
    _need(isinstance(title, str), ("title",), "a text")
    ballots = data.get("ballots")
    _need(isinstance(ballots, list), ("ballots",), "a list of ballots")
    scored = bool(ballots) and isinstance(ballots[0], dict) and "scores" in ballots[0]
    rows: dict[Row, int] = {}
    values: dict[tuple[int, ...], int] = {}
    for number, ballot in enumerate(ballots):
        path: Path = ("ballots", number)
        key = "scores" if scored else "ranks"
        _need(
            isinstance(ballot, dict) and ballot.keys() <= {key, "weight"} and key in ballot,
            path,
            f"a ballot with {key}",
        )
        weight = ballot.get("weight", 1)
        _need(_whole(weight) and 1 <= weight <= MOST_WEIGHT, (*path, "weight"), "a whole number from 1")
        if scored:
            line = _scores(ballot["scores"], at, (*path, "scores"))
            values[line] = values.get(line, 0) + weight
        else:
            row = _ranks(ballot["ranks"], at, (*path, "ranks"))
            rows[row] = rows.get(row, 0) + weight
    if scored:
        read = from_values(names, values, higher_is_better=True, title=plain_name(title))
        return replace(read.without(withdrawn), seats=seats)
    return from_rows(names, rows, withdrawn=withdrawn, seats=seats, title=plain_name(title))


def _ranks(ranks: Any, at: dict[str, int], path: Path) -> Row:
    _need(isinstance(ranks, list), path, "a list of groups of names")
    row = bytearray(len(at) + 1)
    place = 0
    for number, group in enumerate(ranks):
        names = [group] if isinstance(group, str) else group
        _need(isinstance(names, list), (*path, number), "a name, or a list of names")
        place += bool(names)
        if not names and not row[-1]:
            row[-1] = min(place + 1, 255)
        for inner, name in enumerate(names):
            where: Path = (*path, number) if isinstance(group, str) else (*path, number, inner)
            candidate = _candidate(name, at, where)
            _need(not row[candidate], where, "each candidate once on a ballot")
            row[candidate] = place
    return bytes(row)


def _scores(scores: Any, at: dict[str, int], path: Path) -> tuple[int, ...]:
    _need(isinstance(scores, dict), path, "an object of names and numbers")
    row = [NO_VALUE] * len(at)
    for name, value in scores.items():
        candidate = _candidate(name, at, (*path, name))
        if value is not None:
            _need(
                _whole(value) and 0 <= value <= HIGHEST, (*path, name), f"a whole number from 0 to {HIGHEST}, or null"
            )
            row[candidate] = value
    return tuple(row)


def _candidate(name: Any, at: dict[str, int], path: Path) -> int:
    number = at.get(plain_name(name)) if isinstance(name, str) else None
    if number is None:
        raise _Wrong(path, "the name of a candidate")
    return number


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _need(is_so: bool, path: Path, expected: str) -> None:
    if not is_so:
        raise _Wrong(path, expected)


def offset(text: str, path: Sequence[str | int]) -> int:
    """Where in a text of valid JSON the value at this path begins; where it is missing, the object around it."""
    decoder = json.JSONDecoder()
    at = _after_space(text, 0)
    for step in path:
        inside = _after_space(text, at + 1)
        number = 0
        while text[inside] not in "]}":
            if isinstance(step, str):
                key, inside = decoder.raw_decode(text, inside)
                inside = _after_space(text, _after_space(text, inside) + 1)
                found = key == step
            else:
                found = number == step
            if found:
                break
            _, inside = decoder.raw_decode(text, inside)
            inside = _after_space(text, inside)
            if text[inside] == ",":
                inside = _after_space(text, inside + 1)
            number += 1
        else:
            return at
        at = inside
    return at


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
