"""How much may come in a while: a bucket that fills at a steady pace."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Allowance:
    """At most `most` at once, and `each_second` in the long run; of whatever is counted."""

    most: float
    each_second: float
    _left: float = field(init=False)
    _at: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._left = self.most

    def spend(self, amount: float, *, now: float) -> bool:
        """Whether there is so much left; then it is spent. `now` in seconds, and never less than before."""
        if self._at is not None:
            self._left = min(self.most, self._left + (now - self._at) * self.each_second)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
