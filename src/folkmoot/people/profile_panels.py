"""What other rooms show on somebody's profile, to readers who are signed in and may see it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person

PROFILE_PANELS: Registry[Callable[[HttpRequest, Person, Person], SafeString | None]] = Registry("panel of a profile")
"""Each gets the request, whose profile it is and who reads it, and gives finished HTML or None; one query at most."""


def panels_of(request: HttpRequest, whose: Person, reader: Person | None) -> list[SafeString]:
    """All of them that have something to show to this reader; nothing for strangers."""
    if reader is None:
        return []
    return [html for panel in PROFILE_PANELS if (html := panel(request, whose, reader))]
