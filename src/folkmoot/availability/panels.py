"""What polls show on pages of other rooms."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.availability.queries import polls_waiting_for
from folkmoot.ui.chrome import signed_in_person

SHOWN = 5


def polls_that_wait(request: HttpRequest) -> SafeString | None:
    """Open polls of the reader's groups that they have not answered; one query."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = list(polls_waiting_for(person, now=timezone.now())[:SHOWN])
    return render_to_string("availability/polls_that_wait.html", {"polls": waiting}, request) if waiting else None
