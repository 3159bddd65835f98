"""Bringing one's changes of a text onto another version of it, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.groups.domain.amending.hunks import applied, line_hunks
from folkmoot.groups.domain.amending.model import Hunk


@dataclass(frozen=True)
class Merged:
    """`text` has both sides' changes; it is None where they meet on the lines (of the base, from 1) in `clashes`."""

    text: str | None
    clashes: tuple[int, ...] = ()


def merged(base: str, mine: str, theirs: str) -> Merged:
    """The changes of both sides in one text. Changes that touch, and are not the same, clash."""
    ours, others = line_hunks(base, mine), line_hunks(base, theirs)
    kept: list[Hunk] = []
    clashes: list[int] = []
    for hunk in ours:
        meeting = [other for other in others if _touch(hunk, other)]
        if not meeting:
            kept.append(hunk)
        elif any((hunk.first, hunk.old, hunk.new) != (other.first, other.old, other.new) for other in meeting):
            clashes.append(hunk.first + 1)
    if clashes:
        return Merged(None, tuple(clashes))
    return Merged(applied(base, sorted((*kept, *others), key=lambda hunk: hunk.first)))


def _touch(one: Hunk, other: Hunk) -> bool:
    first, last = one.first, one.first + len(one.old)
    other_first, other_last = other.first, other.first + len(other.old)
    return first <= other_last and other_first <= last
