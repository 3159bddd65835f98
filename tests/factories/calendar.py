from __future__ import annotations

import datetime as dt
from typing import Any

from folkmoot.calendar.actions import Published


def planned(**given: Any) -> Published:
    """Something planned: an hour at eight in Berlin, unless the test says otherwise."""
    values: dict[str, Any] = {
        "uid": "lantern-1",
        "summary": "Lantern call",
        "starts": dt.datetime(2026, 11, 25, 8),
        "zone": "Europe/Berlin",
        "duration": dt.timedelta(hours=1),
        "path": "/meetings/1/",
        "source": "tests.one:1",
    }
    return Published(**{**values, **given})
