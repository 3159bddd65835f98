"""Calendars as RFC 5545 writes them: events, zones and whole feeds. Writing only."""

from __future__ import annotations

from folkmoot.kit.ical.event import Event, Organizer, Status, component
from folkmoot.kit.ical.feed import PRODUCT, calendar, etag
from folkmoot.kit.ical.vtimezone import HORIZON, timezones, tzid, vtimezone

__all__ = [
    "HORIZON",
    "PRODUCT",
    "Event",
    "Organizer",
    "Status",
    "calendar",
    "component",
    "etag",
    "timezones",
    "tzid",
    "vtimezone",
]
