"""A row of the table of who gets what at which address; `access.py` explains the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.architecture.world import ROLES, World

Values = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What each role is answered at one address. `at` gives the values that the address holds."""

    get: str
    post: str = "405"
    at: Values | None = None
    data: Values | None = None

    def expected(self, method: str) -> dict[str, str]:
        """The answer for each role."""
        words = (self.post if method == "POST" else self.get).split()
        if len(words) == 2:
            words = [words[0], *[words[1]] * (len(ROLES) - 1)]
        elif len(words) == 1:
            words *= len(ROLES)
        return dict(zip(ROLES, words, strict=True))
