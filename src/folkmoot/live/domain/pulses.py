"""What has changed since somebody looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ANYTHING: Final = "anything"
"""Stands for changes of which it is not remembered any more what they were."""


@dataclass(frozen=True)
class Pulse:
    """How often a call has changed, and its last changes as (number, word), the newest last."""

    number: int = 0
    lately: Sequence[tuple[int, str]] = ()

    def since(self, number: int) -> list[str]:
        """The words for what changed after `number`, each once, in the order in which they came first.

        `ANYTHING` alone where more has changed than is remembered, or where `number` has not been reached yet, as it
        may be after a copy of the database was brought back.
        """
        if number == self.number:
            return []
        later = [what for counted, what in self.lately if counted > number]
        if number > self.number or len(later) < self.number - number:
            return [ANYTHING]
        return list(dict.fromkeys(later))
