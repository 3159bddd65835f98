"""One row of the table of who gets what at which address; its words are explained in `access.py`."""

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


def of_group(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug}


def of_meeting(world: World) -> dict[str, Any]:
    return {"pk": world.meeting.pk}


STEWARD = "in 403 403 403 403 403"  # and then what the steward gets
MANAGER = "in 403 403 403 {0} 403 {0}"
CONTRIBUTOR = "in 403 403 200 200 403 200"
INSIDE = "in 403 200 200 200 403 200"
LEADS = MANAGER.format(200)
