"""What a voter fills in for one contest, and what of it goes into the envelope. Pure.

An envelope holds one byte for each candidate (`sealed.envelopes.pack`), from 0 to the number of candidates. What the
byte says depends on how the contest is counted:

- ranked methods: the rank from 1, 0 for no opinion; ranks that a voter leaves out are closed up;
- score and STAR: the mark itself, from 1 to `top_mark`, 0 for none, which adds nothing;
- approval: 1 for who is approved of, else 0;
- plurality, yes and no: 1 for the one who is chosen, else 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.kit.errors import Refused

MOST_MARK: Final = 5


class Way(StrEnum):
    """How a ballot of a contest is filled in."""

    RANK = "rank"
    MARK = "mark"
    TICK = "tick"
    CHOOSE = "choose"


WAYS: Final[Mapping[Method, Way]] = {
    Method.SCORE: Way.MARK,
    Method.STAR: Way.MARK,
    Method.APPROVAL: Way.TICK,
    Method.PLURALITY: Way.CHOOSE,
    Method.YES_NO: Way.CHOOSE,
}


def way_of(method: str) -> Way:
    """How ballots of this method are filled in."""
    return WAYS.get(Method(method), Way.RANK)


def may_be_equal(method: str) -> bool:
    """Whether several candidates may have one rank; methods that count one preference after the other say nothing of
    equal ones."""
    return way_of(method) is Way.MARK or METHODS[Method(method)].pairwise


def top_mark(candidates: int) -> int:
    """The best mark: 5, or the number of candidates where there are fewer, since no byte may be larger."""
    return min(MOST_MARK, candidates)


def read_numbers(given: Sequence[str], method: str) -> list[int]:
    """The bytes of a ballot from what was written beside each candidate, in the frozen order; empty is no opinion.

    Refused `wrong_number` with params `place`, `equal_ranks` with params `places`, `several_chosen`.
    """
    way, most = way_of(method), len(given)
    top = top_mark(most) if way is Way.MARK else most if way is Way.RANK else 1
    numbers = [_number(text, top, place) for place, text in enumerate(given)]
    if way is Way.CHOOSE and sum(numbers) > 1:
        raise Refused("Only one can be chosen.", code="several_chosen")
    if way is not Way.RANK:
        return numbers
    if not may_be_equal(method):
        for rank in range(1, most + 1):
            places = [place for place, number in enumerate(numbers) if number == rank]
            if len(places) > 1:
                raise Refused("Two have the same rank.", code="equal_ranks", places=tuple(places), rank=rank)
    return closed_up(numbers)


def closed_up(ranks: Sequence[int]) -> list[int]:
    """The same order without ranks that nobody has: 2, 5, none becomes 1, 2, none."""
    place = {rank: number for number, rank in enumerate(sorted({rank for rank in ranks if rank}), 1)}
    return [place.get(rank, 0) for rank in ranks]


def in_order(numbers: Sequence[int], method: str) -> list[tuple[int, list[int]]]:
    """What a ballot says as (number, places of candidates), the best first, without those it says nothing of."""
    said = sorted({number for number in numbers if number}, reverse=way_of(method) is Way.MARK)
    return [(number, [place for place, given in enumerate(numbers) if given == number]) for number in said]


def _number(text: str, top: int, place: int) -> int:
    plain = text.strip()
    if not plain:
        return 0
    if not plain.isascii() or not plain.isdigit() or len(plain) > 4 or int(plain) > top:
        raise Refused(f"Please write a number from 1 to {top}, or leave it empty.", code="wrong_number", place=place)
    return int(plain)
