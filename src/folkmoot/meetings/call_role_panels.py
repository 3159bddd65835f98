"""What call roles show on one's own desk: the turns that one has, and those that wait for an answer."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.meetings.call_roles_reading import turns_of
from folkmoot.ui.chrome import signed_in_person

MOST_ON_DESK = 6


def my_turns(request: HttpRequest) -> SafeString | None:
    """The reader's turns at coming calls, in one query; nothing when there are none."""
    person = signed_in_person(request)
    if person is None:
        return None
    turns = list(turns_of(person, now=timezone.now())[:MOST_ON_DESK])
    if not turns:
        return None
    return render_to_string("meetings/roles/on_desk.html", {"turns": turns}, request)
