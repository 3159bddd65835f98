"""How far a key result and a goal have come: exact, and unknown where nothing can be said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def progress(baseline: Decimal, target: Decimal, current: Decimal | None) -> Fraction | None:
    """The part of the way from baseline to target, between 0 and 1; works downwards as well as upwards.

    None without a current value, and where baseline and target are the same, for then there is no way to go.
    """
    if current is None or baseline == target:
        return None
    way = Fraction(target) - Fraction(baseline)
    return min(Fraction(1), max(Fraction(0), (Fraction(current) - Fraction(baseline)) / way))


def mean(parts: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of what is known; None when nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def percent(part: Fraction) -> int:
    """Whole per cent, never rounded up: 100 is said only of what has arrived."""
    return int(part * 100)
