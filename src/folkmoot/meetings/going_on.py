"""Whether a call still goes on after its planned end; a room above that lets calls run enters how to tell (`live`)."""

from __future__ import annotations

from collections.abc import Callable

from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Meeting

GOES_ON: Registry[Callable[[Meeting], bool]] = Registry("way of knowing that a call goes on")


def goes_on(meeting: Meeting) -> bool:
    """Whether people still talk about what stands on its agenda, so that nothing of it is left over yet."""
    return any(is_on(meeting) for is_on in GOES_ON)
