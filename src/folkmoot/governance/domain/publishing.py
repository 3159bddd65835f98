"""What of the ballots of a contest may be published, so that no ranking gives its voter away. Pure.

A ranking can be a signature: among 7 candidates 13,699 are possible, and whoever was told to vote “as I say, then these
five in this order” could be checked up on. So each ranking that is published was given by at least `FEWEST` voters, or
else is cut, from its last preference on, until what is left of it was. Five is the size below which offices of
statistics commonly publish no group of people: four others would have to agree by chance with one who was told how to
vote, and a committee of three cannot make out a fourth by leaving itself out. Officers may decide before the vote to
publish all as they are (`publishes_all`); they are warned then.

What the record of a count itself says (first preferences, transfers, pairs) is published in any case.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import perm
from typing import Final

from folkmoot.governance.domain.counting.ballots import NO_VALUE, Ballots, Direction

FEWEST: Final = 5
_BEHIND_GAP: Final = 1000
"""Added to the places that stand behind a number that a ballot leaves out: that, too, tells ballots apart."""

Group = tuple[int, tuple[int, ...]]
Pattern = tuple[Group, ...]
"""What a ballot says, most preferred first: a number (place, or what was given) and the candidates who have it."""


class Shown(StrEnum):
    """How much of the ballots is published."""

    WHOLE = "whole"
    SHORTENED = "shortened"
    WITHHELD = "withheld"


class Warn(StrEnum):
    """What people should know about a contest, before or after it."""

    FEW = "few"
    SAME = "same"
    SIGNATURES = "signatures"


@dataclass(frozen=True)
class Publication:
    """The ballots as they are published, none where too few were cast; `shortened` is how many ballots lost a part."""

    shown: Shown
    ballots: Ballots | None
    shortened: int = 0


def publication(
    ballots: Ballots, *, publishes_all: bool = False, is_question: bool = False, fewest: int = FEWEST
) -> Publication:
    """What may be published of these ballots. Of answers to a question the totals tell as much as the ballots do."""
    given = patterns_of(ballots)
    if publishes_all or not given or (is_question and all(_is_one_answer(pattern) for pattern in given)):
        return Publication(Shown.WHOLE, ballots)
    safe = safe_patterns(given, fewest)
    if sum(safe.values()) < fewest:
        return Publication(Shown.WITHHELD, None, ballots.total)
    if safe == given:
        return Publication(Shown.WHOLE, ballots)
    kept = sum(min(weight, safe.get(pattern, 0)) for pattern, weight in given.items())
    return Publication(Shown.SHORTENED, _rebuilt(ballots, safe), ballots.total - kept)


def _is_one_answer(pattern: Pattern) -> bool:
    return sum(len(candidates) for _, candidates in pattern) <= 1


def safe_patterns(given: Mapping[Pattern, int], fewest: int) -> dict[Pattern, int]:
    """Patterns of which each was given at least `fewest` times, made by cutting rare ones from their end.

    The sum of weights stays. Where all together are fewer, one empty pattern is left.
    """
    left: Counter[Pattern] = Counter(given)
    for length in range(max(map(len, left), default=0), 0, -1):
        for pattern in [one for one, weight in left.items() if len(one) == length and weight < fewest]:
            left[pattern[:-1]] += left.pop(pattern)
    missing = fewest - left[()]
    if 0 < left[()] < fewest and (others := [pattern for pattern in left if pattern]):
        # Some of a ranking that many gave are enough, where as many as are needed stay; else all of the rarest.
        donor = max(others, key=lambda pattern: (left[pattern], pattern))
        if left[donor] < fewest + missing:
            donor = min(others, key=lambda pattern: (left[pattern], pattern))
            missing = left[donor]
        left[donor] -= missing
        left[()] += missing
    return {pattern: weight for pattern, weight in left.items() if weight}


def patterns_of(ballots: Ballots) -> dict[Pattern, int]:
    """What was said, and how often."""
    marks = ballots.values if ballots.values is not None else ballots.columns
    nothing = NO_VALUE if ballots.values is not None else 0
    higher = ballots.values is not None and ballots.direction is Direction.HIGHER
    found: Counter[Pattern] = Counter()
    for row, weight in enumerate(ballots.weights):
        groups: dict[int, list[int]] = {}
        for candidate, column in enumerate(marks):
            mark = column[row]
            if mark != nothing:
                if ballots.values is None and ballots.gaps and 0 < ballots.gaps[row] <= mark:
                    mark += _BEHIND_GAP
                groups.setdefault(mark, []).append(candidate)
        found[tuple((mark, tuple(groups[mark])) for mark in sorted(groups, reverse=higher))] += weight
    return dict(found)


def possible_rankings(candidates: int) -> int:
    """How many strict rankings there are of some or all of so many candidates."""
    return sum(perm(candidates, ranked) for ranked in range(1, candidates + 1))


def warnings_for(ballots: Ballots, *, publishes_all: bool = False, fewest: int = FEWEST) -> tuple[Warn, ...]:
    """What a result gives away by itself: few ballots, all alike, or rankings that one voter alone gave."""
    given = patterns_of(ballots)
    found = []
    if 0 < ballots.total < fewest:
        found.append(Warn.FEW)
    if ballots.total and len(given) == 1:
        found.append(Warn.SAME)
    if publishes_all and any(weight < fewest for weight in given.values()):
        found.append(Warn.SIGNATURES)
    return tuple(found)


def _rebuilt(ballots: Ballots, patterns: Mapping[Pattern, int]) -> Ballots:
    """The same election with these patterns for its ballots, in an order that says nothing."""
    order = sorted(patterns.items(), key=lambda item: (-item[1], item[0]))
    size, rows = len(ballots.candidates), len(order)
    columns = [bytearray(rows) for _ in range(size)]
    values = [array("i", [NO_VALUE] * rows) for _ in range(size)]
    gaps = bytearray(rows)
    for row, (pattern, _) in enumerate(order):
        for place, (mark, candidates) in enumerate(pattern, 1):
            if ballots.values is None and mark > _BEHIND_GAP and not gaps[row]:
                gaps[row] = place
            for candidate in candidates:
                columns[candidate][row] = place
                values[candidate][row] = mark
    return replace(
        ballots,
        columns=tuple(bytes(column) for column in columns),
        weights=tuple(weight for _, weight in order),
        gaps=bytes(gaps),
        values=None if ballots.values is None else tuple(values),
    )
