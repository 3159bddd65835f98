"""Which clause, and which piece, of the new wording is which of the old.

Two clauses are one when they have the same heading (of several with the same one, those with most in common), else
when they say the same, else when they are like enough in heading and words. Among pieces, what is unchanged and in
order comes first, then what was moved unchanged, then what is like enough within its clause, then anywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from folkmoot.groups.domain.amending.model import Piece, Side
from folkmoot.groups.domain.amending.wording import bag, likeness

LIKE_ENOUGH_CLAUSE: Final = 0.5
LIKE_ENOUGH_HERE: Final = 0.4
LIKE_ENOUGH_ELSEWHERE: Final = 0.75
MOST_EXACT: Final = 1_500_000
"""Cells of the table that finds the longest run in common; above, difflib finds a good one."""
MOST_COMPARED: Final = 20_000
"""Pairs that are compared word by word; with more, only those with the same name."""

Pairs = dict[int, int]


def matched_clauses(old: Sequence[Side], new: Sequence[Side]) -> Pairs:
    """The places of the new clauses by those of the old."""
    pairs: Pairs = {}
    old_bags, new_bags = [_words_of(side) for side in old], [_words_of(side) for side in new]

    def score(i: int, j: int) -> float:
        return likeness(old_bags[i], new_bags[j])

    for key in (
        (_by_path(old), _by_path(new)),
        (_by_heading(old), _by_heading(new)),
        (_by_content(old), _by_content(new)),
    ):
        _pair_groups(key[0], key[1], pairs, score)
    left_old = [i for i in range(len(old)) if i not in pairs]
    left_new = _left(range(len(new)), pairs)
    if len(left_old) * len(left_new) <= MOST_COMPARED:
        scored = []
        for i in left_old:
            for j in left_new:
                heads = likeness(bag(old[i].heading.key), bag(new[j].heading.key))
                words = score(i, j)
                value = 0.35 * heads + 0.65 * words if old_bags[i] and new_bags[j] else heads
                if value >= LIKE_ENOUGH_CLAUSE or words >= 0.75 or (heads >= 0.66 and words >= 0.25):
                    scored.append((-value, abs(i - j), i, j))
        _take_best(scored, pairs)
    return pairs


def in_order(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest run that both have in the same order, as pairs of places."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    before = [(place, place) for place in range(start)]
    after = [(len(a) - place, len(b) - place) for place in range(end, 0, -1)]
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    if len(inner_a) * len(inner_b) > MOST_EXACT:
        matcher = SequenceMatcher(None, inner_a, inner_b, autojunk=True)
        middle = [(i + k, j + k) for i, j, size in matcher.get_matching_blocks() for k in range(size)]
    else:
        middle = _longest(inner_a, inner_b)
    return [*before, *((i + start, j + start) for i, j in middle), *after]


def out_of_order(places: Sequence[int]) -> set[int]:
    """Those among different numbers that would have to move for the rest to ascend: as few as can be."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        position = bisect_left(tails, place)
        before.append(tail_at[position - 1] if position else -1)
        if position == len(tails):
            tails.append(place)
            tail_at.append(at)
        else:
            tails[position], tail_at[position] = place, at
    kept: set[int] = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(places[at])
        at = before[at]
    return set(places) - kept


def matched_alike(
    old: Sequence[tuple[int, Piece]], new: Sequence[tuple[int, Piece]], least: float
) -> list[tuple[int, int]]:
    """Pairs of pieces that are one piece reworded, the likest first taken; given and handed back with their places."""
    bags = {place: bag(piece.said) for place, piece in old}
    new_bags = {place: bag(piece.said) for place, piece in new}
    many = len(old) * len(new) > MOST_COMPARED
    by_name: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
    for place, piece in new:
        by_name[piece.name].append((place, piece))
    scored = []
    for order, (i, one) in enumerate(old):
        candidates = by_name[one.name] if many and one.name else () if many else new
        for other_order, (j, other) in enumerate(candidates):
            value = likeness(bags[i], new_bags[j])
            if one.name and one.name == other.name:
                value = max(value, 0.5) + 0.25
            if one.kind != other.kind:
                value -= 0.2
            if value >= least:
                scored.append((-value, abs(order - other_order), i, j))
    pairs: Pairs = {}
    _take_best(scored, pairs)
    return sorted(pairs.items())


def _longest(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(len(b) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if a[i] == b[j] else max(below[j], row[j + 1])
    found = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _pair_groups(
    old: dict[Hashable, list[int]],
    new: dict[Hashable, list[int]],
    pairs: Pairs,
    score: Callable[[int, int], float],
) -> None:
    for key, places in old.items():
        mine = [place for place in places if place not in pairs]
        theirs = _left(new.get(key, ()), pairs)
        if len(mine) == len(theirs) == 1:
            pairs[mine[0]] = theirs[0]
        elif mine and theirs and len(mine) * len(theirs) <= MOST_COMPARED:
            scored = [
                (-score(i, j), abs(order - other), i, j)
                for order, i in enumerate(mine)
                for other, j in enumerate(theirs)
            ]
            _take_best(scored, pairs)


def _left(places: Iterable[int], pairs: Pairs) -> list[int]:
    taken = set(pairs.values())
    return [place for place in places if place not in taken]


def _take_best(scored: list[tuple[float, int, int, int]], pairs: Pairs) -> None:
    taken = set(pairs.values())
    for _score, _distance, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _by_path(sides: Sequence[Side]) -> dict[Hashable, list[int]]:
    """By heading and the headings above it."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    above: list[tuple[int, str]] = []
    for place, side in enumerate(sides):
        heading = side.heading
        while above and above[-1][0] >= heading.level:
            above.pop()
        above.append((heading.level, heading.key))
        found[tuple(key for _level, key in above)].append(place)
    return found


def _by_heading(sides: Sequence[Side]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, side in enumerate(sides):
        found[side.heading.key].append(place)
    return found


def _by_content(sides: Sequence[Side]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, side in enumerate(sides):
        if side.pieces:
            found[tuple(piece.key for piece in side.pieces)].append(place)
    return found


def _words_of(side: Side) -> Counter[str]:
    return bag(" ".join(piece.said for piece in side.pieces))
