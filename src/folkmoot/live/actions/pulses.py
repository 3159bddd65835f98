"""Saying that something about a call has changed, so that open pages show it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from folkmoot.live.models import CallPulse
from folkmoot.live.watching import nudge
from folkmoot.meetings.models import Meeting

REMEMBERED = 32
"""How many changes a pulse remembers; a page that missed more is told that anything may have changed."""


@transaction.atomic
def pulse(meeting: Meeting, what: str) -> int:
    """Wake every page on which this call is open, as soon as the caller's transaction is committed; the new number.

    To be called by actions that change what such a page shows, in their transaction and after the change. `what` is
    a word for it that the page knows, such as "queue" or "item"; it is no fact and nobody is told who did it.
    """
    held = CallPulse.objects.select_for_update().filter(meeting=meeting).first()
    if held is None:
        try:
            with transaction.atomic():
                held = CallPulse.objects.create(meeting=meeting)
        except IntegrityError:  # somebody else was first
            held = CallPulse.objects.select_for_update().get(meeting=meeting)
    held.number += 1
    held.lately = [*held.lately, [held.number, what]][-REMEMBERED:]
    held.save(update_fields=["number", "lately"])
    nudge()
    return held.number
