"""What tests of comparisons share: comparing two texts on a fixed day, and what was named, in short."""

from __future__ import annotations

from folkmoot.groups.domain.amending import Comparison, compare
from folkmoot.groups.domain.charter import to_json
from tests.groups.domain.reading import understood


def compared(old: str, new: str) -> Comparison:
    return compare(to_json(understood(old)), to_json(understood(new)), old, new)


def named(comparison: Comparison) -> list[tuple[str, str, str]]:
    """(clause, what, the words of the piece or nothing) of every difference."""
    found = []
    for one in comparison.named():
        piece = one.piece and (one.piece.new or one.piece.old)
        found.append((one.clause.side.heading.text, one.what, piece.said if piece else ""))
    return found


def meant(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """(topic, what, field, name) of every change of meaning."""
    return [(one.topic, one.what, one.field, one.name) for one in comparison.meaning]
