"""Invitations by mail (iTIP, RFC 5546): an event, or one occurrence of it, is asked for, changed or called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from folkmoot.kit.ical import lines
from folkmoot.kit.ical.event import Event, component
from folkmoot.kit.ical.feed import calendar
from folkmoot.kit.ical.vtimezone import timezones

Method = Literal["REQUEST", "CANCEL"]


def invitation(events: Sequence[Event], method: Method) -> bytes:
    """The body of a `text/calendar; method=…` part (RFC 6047).

    A first invitation and every change of it are a REQUEST; what tells the change is the higher SEQUENCE. `events` have
    one UID: a meeting, a series with its changed occurrences, or one occurrence alone. A CANCEL calls off just these;
    they are written as cancelled whatever their status says. Raises `ValueError` for what is no invitation: no events,
    several UIDs, nobody who invites or is invited, or something called off that is still asked for.
    """
    if not events or len({event.uid for event in events}) != 1:
        raise ValueError("an invitation is about one UID")
    for event in events:
        if event.organizer is None or lines.email(event.organizer.email) is None:
            raise ValueError("somebody with an address has to invite")
        if not any(lines.email(one.email) for one in event.attendees):
            raise ValueError("somebody with an address has to be invited")
        if method == "REQUEST" and event.status == "CANCELLED" and event.recurrence_id is None:
            raise ValueError("what is cancelled is called off by CANCEL")
    if method == "CANCEL":
        events = [replace(event, status="CANCELLED") for event in events]
    written = sorted(events, key=lambda event: event.recurrence_id is not None)
    zones = [
        span
        for event in events
        for span in (
            (event.zone, event.first, event.last),
            (event.recurrence_zone or event.zone, event.first, event.last),
        )
    ]
    return calendar(map(component, written), timezones(zones), method=method, refresh=None)
