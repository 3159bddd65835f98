"""What differs between two wordings of a charter: every difference, and none that is not there.

`compare` takes two texts with what was understood of them, and answers clause by clause, by meaning, and line by line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from folkmoot.groups.domain.amending.clauses import compared_clauses
from folkmoot.groups.domain.amending.hunks import applied, line_ends_differ, line_hunks
from folkmoot.groups.domain.amending.meaning import compared_meaning
from folkmoot.groups.domain.amending.model import ClauseChange, Comparison, Hunk, MeaningChange, PieceChange, Run
from folkmoot.groups.domain.amending.pieces import sides

__all__ = [
    "ClauseChange",
    "Comparison",
    "Hunk",
    "MeaningChange",
    "PieceChange",
    "Run",
    "applied",
    "compare",
    "line_hunks",
]


def compare(old_reading: Mapping[str, Any], new_reading: Mapping[str, Any], old_text: str, new_text: str) -> Comparison:
    """What differs; readings have the shape of `folkmoot charter check --json`.

    What belongs together is told in one direction only, so comparing the other way round gives the mirror image.
    """
    mirrored = old_text > new_text
    clauses = compared_clauses(sides(old_text, old_reading), sides(new_text, new_reading), mirrored=mirrored)
    hunks = line_hunks(old_text, new_text)
    if hunks and all(clause.is_unchanged for clause in clauses):
        clauses = _with_layout(clauses, hunks)
    return Comparison(
        clauses=tuple(clauses),
        meaning=tuple(compared_meaning(old_reading, new_reading)),
        hunks=hunks,
        line_ends_changed=line_ends_differ(old_text, new_text),
    )


def _with_layout(clauses: Sequence[ClauseChange], hunks: Sequence[Hunk]) -> list[ClauseChange]:
    """Empty lines, or lines that nobody sees, named in the clause in which they stand."""
    found = list(clauses)
    for hunk in hunks:
        place = next((at for at, clause in enumerate(found) if _holds(clause, hunk)), len(found) - 1)
        if place >= 0:
            found[place] = replace(found[place], status="layout", traits=frozenset({"layout"}))
    return found


def _holds(clause: ClauseChange, hunk: Hunk) -> bool:
    sides_with_lines = ((clause.new, hunk.new_first), (clause.old, hunk.first))
    return any(side is not None and side.lines.first <= line + 1 <= side.lines.last for side, line in sides_with_lines)
