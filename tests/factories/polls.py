from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from folkmoot.availability.actions import Painted, PollWords, make_poll
from folkmoot.availability.domain.hours import cells_of
from folkmoot.availability.models import Poll
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor, system


def words(**changed: Any) -> PollWords:
    """A poll for a weekly call in an hour of Monday to Wednesday between 14:00 and 18:00 UTC, open for a week."""
    plain = {
        "title": "Lamp care",
        "zone": "UTC",
        "starts": 14 * 60,
        "ends": 18 * 60,
        "weekdays": (0, 1, 2),
        "closes_at": timezone.now() + dt.timedelta(days=7),
    }
    return PollWords(**{**plain, **changed})


def poll(group: Group, *, by: Actor | None = None, **changed: Any) -> Poll:
    return make_poll(group, words(**changed), by=by or system())


def painted(poll: Poll, *, free: tuple[int, ...] = (), maybe: tuple[int, ...] = (), zone: str = "UTC") -> Painted:
    """Marked by the numbers of the poll's cells, counted from 0."""
    keys = [cell.key for cell in cells_of(poll.shape)]
    return Painted(tuple(keys[number] for number in free), tuple(keys[number] for number in maybe), zone)
