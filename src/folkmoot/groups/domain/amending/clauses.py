"""Clause by clause: what became of each, and of its pieces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from folkmoot.groups.domain.amending import matching
from folkmoot.groups.domain.amending.model import (
    LAYOUT_TRAITS,
    ClauseChange,
    PieceChange,
    PieceKind,
    Side,
    Status,
    Trait,
)
from folkmoot.groups.domain.amending.wording import runs

Place = tuple[int, int]
"""A clause and a piece in it, counted from 0."""


@dataclass(slots=True)
class _Matched:
    """Which piece of the new wording is which of the old, and whether it stayed in its place."""

    to: dict[Place, Place] = field(default_factory=dict)
    back: dict[Place, Place] = field(default_factory=dict)
    stayed: set[Place] = field(default_factory=set)
    """Places of the old wording."""

    def mirrored(self) -> _Matched:
        return _Matched(self.back, self.to, {self.to[place] for place in self.stayed})

    def pair(self, old: Place, new: Place, *, stayed: bool = False) -> None:
        self.to[old], self.back[new] = new, old
        if stayed:
            self.stayed.add(old)


def compared_clauses(old: Sequence[Side], new: Sequence[Side], *, mirrored: bool = False) -> list[ClauseChange]:
    """Every clause of both, those of the new wording in order and the removed ones where they stood.

    With `mirrored`, what belongs together is told as if `new` were the old wording.
    """
    clauses, pieces, moved = _matched(new, old) if mirrored else _matched(old, new)
    if mirrored:
        moved = {clauses[place] for place in moved}
        clauses = {j: i for i, j in clauses.items()}
        pieces = pieces.mirrored()
    ids = _ids(old, new, clauses)
    return [
        _change(i, j, old, new, pieces, ids, is_moved=i is not None and i in moved)
        for i, j in _in_reading_order(len(old), len(new), {j: i for i, j in clauses.items()})
    ]


def _matched(old: Sequence[Side], new: Sequence[Side]) -> tuple[matching.Pairs, _Matched, set[int]]:
    clauses = matching.matched_clauses(old, new)
    return clauses, _matched_pieces(old, new, clauses), _moved(old, clauses)


def _matched_pieces(old: Sequence[Side], new: Sequence[Side], clauses: matching.Pairs) -> _Matched:
    found = _Matched()
    for i, j in clauses.items():
        a, b = old[i].pieces, new[j].pieces
        for p, q in matching.in_order([piece.key for piece in a], [piece.key for piece in b]):
            found.pair((i, p), (j, q), stayed=True)
    _same_again(old, new, found, clauses)
    for i, j in clauses.items():
        left = [(p, piece) for p, piece in enumerate(old[i].pieces) if (i, p) not in found.to]
        came = [(q, piece) for q, piece in enumerate(new[j].pieces) if (j, q) not in found.back]
        for p, q in matching.matched_alike(left, came, matching.LIKE_ENOUGH_HERE):
            found.pair((i, p), (j, q))
        _settle(i, j, old, found)
    flat_old = [((i, p), piece) for i, side in enumerate(old) for p, piece in enumerate(side.pieces)]
    flat_new = [((j, q), piece) for j, side in enumerate(new) for q, piece in enumerate(side.pieces)]
    gone = [(n, piece) for n, (place, piece) in enumerate(flat_old) if place not in found.to and piece.kind != "row"]
    come = [(n, piece) for n, (place, piece) in enumerate(flat_new) if place not in found.back and piece.kind != "row"]
    if len(gone) * len(come) <= matching.MOST_COMPARED:
        for n, m in matching.matched_alike(gone, come, matching.LIKE_ENOUGH_ELSEWHERE):
            found.pair(flat_old[n][0], flat_new[m][0])
    _stay_where_clauses_split(len(old), len(new), clauses, found)
    return found


def _stay_where_clauses_split(olds: int, news: int, clauses: matching.Pairs, found: _Matched) -> None:
    """A heading that comes or goes puts what follows it into another clause without moving it."""
    holding_old = _nearest(olds, clauses)
    holding_new = _nearest(news, {j: i for i, j in clauses.items()})
    last_native: dict[int, int] = {}
    last_arrived: dict[int, int] = {}
    for i, p in found.stayed:
        last_native[i] = max(last_native.get(i, -1), p)
        j, q = found.to[i, p]
        last_arrived[j] = max(last_arrived.get(j, -1), q)
    for (i, p), (j, q) in list(found.to.items()):
        merged = i not in clauses and holding_old[i] == j and q > last_arrived.get(j, -1)
        split = holding_new[j] == i and j not in clauses.values() and p > last_native.get(i, -1)
        if merged or split:
            found.stayed.add((i, p))


def _nearest(count: int, clauses: matching.Pairs) -> list[int]:
    """For each clause, to which one the nearest matched one up to it belongs; -1 for none."""
    found, last = [], -1
    for place in range(count):
        last = clauses.get(place, last)
        found.append(last)
    return found


def _same_again(old: Sequence[Side], new: Sequence[Side], found: _Matched, clauses: matching.Pairs) -> None:
    """What says the same elsewhere was moved: first within its clause, then between clauses."""
    came: dict[str, list[Place]] = defaultdict(list)
    for j, side in enumerate(new):
        for q, piece in enumerate(side.pieces):
            if (j, q) not in found.back and piece.key:
                came[piece.key].append((j, q))
    for within in (True, False):
        for i, side in enumerate(old):
            for p, piece in enumerate(side.pieces):
                if (i, p) in found.to:
                    continue
                free = [place for place in came[piece.key] if not within or clauses.get(i) == place[0]]
                if free:
                    came[piece.key].remove(free[0])
                    found.pair((i, p), free[0])


def _settle(i: int, j: int, old: Sequence[Side], found: _Matched) -> None:
    """Of the pieces that stayed in this clause, those that keep their order stayed in their place."""
    here = [(p, found.to[i, p][1]) for p in range(len(old[i].pieces)) if found.to.get((i, p), (-1, 0))[0] == j]
    fixed = [(p, q) for p, q in here if (i, p) in found.stayed]
    for p, q in here:
        if (i, p) in found.stayed:
            continue
        if all((p < other) == (q < at) for other, at in fixed):
            fixed.append((p, q))
            found.stayed.add((i, p))


def _moved(old: Sequence[Side], clauses: matching.Pairs) -> set[int]:
    """The old clauses that stand elsewhere in the order of clauses; one that went along with its own is not named."""
    kept = sorted(clauses)
    moved_to = matching.out_of_order([clauses[i] for i in kept])
    moved = {i for i in kept if clauses[i] in moved_to}
    above: dict[int, int | None] = {}
    stack: list[int] = []
    for place, side in enumerate(old):
        while stack and old[stack[-1]].heading.level >= side.heading.level:
            stack.pop()
        above[place] = stack[-1] if stack else None
        stack.append(place)
    named = set()
    for i in moved:
        parent = above[i]
        went_along = parent in moved and parent is not None and clauses[i] - clauses[parent] == i - parent
        if not went_along:
            named.add(i)
    return named


def _ids(old: Sequence[Side], new: Sequence[Side], clauses: matching.Pairs) -> dict[tuple[str, int], str]:
    """An id of each clause, by "old" or "new" and place: its permalink in the new wording, else `gone-` and the old."""
    ids = {("new", j): side.anchor for j, side in enumerate(new)}
    for i, side in enumerate(old):
        j = clauses.get(i)
        ids["old", i] = new[j].anchor if j is not None else f"gone-{side.anchor}"
    return ids


def _in_reading_order(olds: int, news: int, back: dict[int, int]) -> Iterator[tuple[int | None, int | None]]:
    gone_after: dict[int, list[int]] = defaultdict(list)
    last = -1
    taken = set(back.values())
    to = {i: j for j, i in back.items()}
    for i in range(olds):
        if i in taken:
            last = to[i]
        else:
            gone_after[last].append(i)
    for i in gone_after[-1]:
        yield i, None
    for j in range(news):
        yield back.get(j), j
        for i in gone_after[j]:
            yield i, None


def _change(
    i: int | None,
    j: int | None,
    old: Sequence[Side],
    new: Sequence[Side],
    pieces: _Matched,
    ids: dict[tuple[str, int], str],
    *,
    is_moved: bool,
) -> ClauseChange:
    before, after = old[i] if i is not None else None, new[j] if j is not None else None
    rows = tuple(_rows(i, j, old, new, pieces, ids))
    stays = i is not None and j is not None and _is_followed_by_the_same(i, j, old, new, pieces)
    if before is None or after is None:
        side = after or before
        assert side is not None
        name = ids["new", j] if j is not None else ids["old", i or 0]
        return ClauseChange(name, "added" if before is None else "removed", frozenset(), before, after, rows)
    traits: set[Trait] = set()
    if is_moved:
        traits.add("moved")
    if before.heading.key != after.heading.key:
        traits.add("renamed")
    if before.heading.own_number != after.heading.own_number:
        traits.add("renumbered")
    if before.heading.level != after.heading.level:
        traits.add("relevelled")
    if any(row.kind not in ("same", "layout") for row in rows):
        traits.add("changed")
    if any(row.kind == "layout" for row in rows) or _looks_different(before, after, traits, rows, stays):
        traits.add("layout")
    status: Status = "unchanged"
    if traits:
        status = "layout" if traits <= LAYOUT_TRAITS else "changed"
    return ClauseChange(ids["new", j or 0], status, frozenset(traits), before, after, rows)


def _gaps(side: Side) -> list[int]:
    """How many lines lie between the pieces."""
    last = side.lines.first
    found = []
    for piece in side.pieces:
        found.append(piece.lines.first - last)
        last = piece.lines.last
    return found


def _tail(side: Side) -> int:
    return side.lines.last - (side.pieces[-1].lines.last if side.pieces else side.lines.first)


def _is_followed_by_the_same(i: int, j: int, old: Sequence[Side], new: Sequence[Side], pieces: _Matched) -> bool:
    """Whether the clause ends with the same piece and is followed by the same heading, or by none."""
    last = ((i, len(old[i].pieces) - 1), (j, len(new[j].pieces) - 1))
    if old[i].pieces and new[j].pieces and pieces.to.get(last[0]) != last[1]:
        return False
    following = [sides[at + 1].heading.raw if at + 1 < len(sides) else "" for sides, at in ((old, i), (new, j))]
    return bool(old[i].pieces) == bool(new[j].pieces) and following[0] == following[1]


def _looks_different(before: Side, after: Side, traits: set[Trait], rows: Sequence[PieceChange], stays: bool) -> bool:
    if all(row.kind in ("same", "changed", "layout") and not row.elsewhere for row in rows):
        if before.loose == after.loose and _gaps(before) != _gaps(after):
            return True
        if stays and before.loose == after.loose and _tail(before) != _tail(after):
            return True
    if not {"renamed", "renumbered", "relevelled"} & traits and before.heading.raw != after.heading.raw:
        return True
    return Counter(before.loose) != Counter(after.loose)


def _rows(
    i: int | None,
    j: int | None,
    old: Sequence[Side],
    new: Sequence[Side],
    pieces: _Matched,
    ids: dict[tuple[str, int], str],
) -> Iterator[PieceChange]:
    """The pieces in the order of the new wording, those that went or moved away where they stood in the old."""
    left = list(range(len(old[i].pieces))) if i is not None else []
    for q in range(len(new[j].pieces)) if j is not None else ():
        assert j is not None
        source = pieces.back.get((j, q))
        if source is not None and source in pieces.stayed:
            while left and source[0] == i and left[0] <= source[1]:
                if (p := left.pop(0)) != source[1]:
                    yield from _left_behind((source[0], p), old, j, pieces, ids)
        yield _arrived((j, q), source, i, old, new, pieces, ids)
    for p in left:
        yield from _left_behind((i or 0, p), old, j, pieces, ids)


def _arrived(
    place: Place,
    source: Place | None,
    i: int | None,
    old: Sequence[Side],
    new: Sequence[Side],
    pieces: _Matched,
    ids: dict[tuple[str, int], str],
) -> PieceChange:
    piece = new[place[0]].pieces[place[1]]
    if source is None:
        return PieceChange("added", None, piece)
    before = old[source[0]].pieces[source[1]]
    same = before.key == piece.key
    elsewhere = ids["old", source[0]] if source[0] != i else ""
    kind: PieceKind = "same"
    if source in pieces.stayed:
        kind = "changed" if not same else "layout" if before.raw != piece.raw else "same"
    else:
        kind = "moved" if same else "moved_and_changed"
    return PieceChange(kind, before, piece, () if same else runs(before.said, piece.said), elsewhere)


def _left_behind(
    place: Place, old: Sequence[Side], j: int | None, pieces: _Matched, ids: dict[tuple[str, int], str]
) -> Iterator[PieceChange]:
    piece = old[place[0]].pieces[place[1]]
    target = pieces.to.get(place)
    if target is None:
        yield PieceChange("removed", piece, None)
    elif target[0] != j:  # what moved within the clause is shown, and named, where it stands now
        yield PieceChange("moved", piece, None, (), ids["new", target[0]], leads_away=True)
