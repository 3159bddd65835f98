"""What all tests of running calls share."""

from __future__ import annotations

import pytest

from folkmoot.live import presence
from folkmoot.live.looking import LOOKERS
from folkmoot.live.presence import OPEN_PAGES


@pytest.fixture(autouse=True)
def nothing_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits on an event loop ends with it, in tests with each test; and arrivals are not told by themselves."""
    LOOKERS._asking.clear()
    OPEN_PAGES._open.clear()
    OPEN_PAGES._due.clear()
    monkeypatch.setattr(presence, "GATHERS", 600.0)
