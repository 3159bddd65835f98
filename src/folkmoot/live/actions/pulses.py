"""Saying that something about a call has changed, so that open pages show it; and who has its page open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from folkmoot.kit.verdict import require
from folkmoot.live.models import CallPulse, Presence
from folkmoot.live.queries import HERE_FOR
from folkmoot.live.rules import may_follow_call
from folkmoot.live.watching import nudge
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

REMEMBERED: Final = 32
"""How many changes a pulse remembers; a page that missed more is told that anything may have changed."""


NOTED_EVERY: Final = timedelta(seconds=10)
"""Who is seen again within this time is not written down again."""
LEAVING: Final = timedelta(seconds=16)
"""For so long somebody who closed the page still counts as here: they may load it anew, or have it open elsewhere."""
KEPT_AFTER: Final = timedelta(hours=1)
KEPT_AT_MOST: Final = timedelta(days=1)


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


@transaction.atomic
def be_here(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Note that somebody has the page of the call open: for pages that are loaded without a stream.

    Refused `forbidden` to those who may not follow it. It is no attendance; and whoever arrives wakes open pages.
    """
    require(may_follow_call(by, meeting))
    if note_here(meeting.pk, [by.pk], now=now):
        pulse(meeting, "here")


def note_here(meeting: int, people: Collection[int], *, now: datetime) -> bool:
    """Write down that these people are here, whose rights were asked just before; whether one of them is new."""
    seen = dict(Presence.objects.filter(meeting=meeting, person__in=people).values_list("person", "seen_at"))
    due = {person for person in people if person not in seen or now - seen[person] >= NOTED_EVERY}
    if due:
        Presence.objects.bulk_create(
            [Presence(meeting_id=meeting, person_id=person, seen_at=now) for person in sorted(due)],
            update_conflicts=True,
            unique_fields=["meeting", "person"],
            update_fields=["seen_at"],
        )
    return any(person not in seen or now - seen[person] > HERE_FOR for person in due)


def note_leaving(meeting: int, person: int, *, now: datetime) -> None:
    """Somebody has closed the page: unless it is seen again, they are here for `LEAVING` and no longer."""
    soon = now + LEAVING - HERE_FOR
    Presence.objects.filter(meeting=meeting, person=person, seen_at__gt=soon).update(seen_at=soon)


def forget_who_was_here(*, now: datetime) -> int:
    """Forget who had the pages of calls open that are over for an hour, and whatever is a day old; how many rows."""
    over = Q(meeting__ends_at__lt=now - KEPT_AFTER, seen_at__lt=now - KEPT_AFTER)
    count, _by_model = Presence.objects.filter(over | Q(seen_at__lt=now - KEPT_AT_MOST)).delete()
    return count
