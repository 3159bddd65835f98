"""What motions show on other pages: on one's own desk, the positions that are asked."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.decisions.motion_queries import asked_of
from folkmoot.ui.chrome import signed_in_person


def positions_asked(request: HttpRequest) -> SafeString | None:
    """The open votes in which the reader has taken no position, in one query; nothing when there is none."""
    person = signed_in_person(request)
    votes = asked_of(person) if person else []
    if not votes:
        return None
    return render_to_string("decisions/motions/on_desk.html", {"votes": votes}, request)
