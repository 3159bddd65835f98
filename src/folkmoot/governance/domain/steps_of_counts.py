"""Counts about people that may be shown: in steps, from below, so that no small group can be told from none. Pure.

A count is shown as the largest multiple of `step` that it reaches: "5 or more", "10 or more", else "fewer than 5". No
total is shown beside it and questions may be left out, so that whatever is published fits with nobody having given an
answer that few gave; and "5 or more" of seven does not tell that it was all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

STEP: Final = 5


def in_steps(counts: Mapping[str, int], options: Sequence[str], *, step: int = STEP) -> dict[str, int]:
    """For each option, in the order given, the largest multiple of `step` that its count reaches, which may be 0.

    The order never goes by size. ValueError for a step below 2, by which every count would be told.
    """
    if step < 2:
        raise ValueError("A step of less than 2 tells every count.")
    return {option: counts.get(option, 0) // step * step for option in options}
