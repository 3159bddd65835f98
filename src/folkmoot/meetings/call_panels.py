"""What other rooms show on the page of a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

CALL_PANELS: Registry[Callable[[HttpRequest, Meeting, Person, datetime], SafeString | None]] = Registry(
    "panel of a call's page"
)
"""Each gives finished HTML for somebody who is signed in, or None; pages for strangers are kept and hold none of it."""


def panels_of(request: HttpRequest, meeting: Meeting, person: Person, *, now: datetime) -> list[SafeString]:
    """All of them that have something to show."""
    found = (panel(request, meeting, person, now) for panel in CALL_PANELS)
    return [one for one in found if one is not None]
