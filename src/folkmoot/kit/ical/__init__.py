"""Calendars as RFC 5545 writes them: events, zones, whole feeds; invitations by mail, and the answers to them."""

from __future__ import annotations

from folkmoot.kit.ical.event import Attendee, Event, Organizer, Participation, Status, component
from folkmoot.kit.ical.feed import PRODUCT, calendar, etag
from folkmoot.kit.ical.invitation import Method, invitation
from folkmoot.kit.ical.lines import calendar_email
from folkmoot.kit.ical.reply import Reply, replies
from folkmoot.kit.ical.vtimezone import HORIZON, timezones, tzid, vtimezone

__all__ = [
    "HORIZON",
    "PRODUCT",
    "Attendee",
    "Event",
    "Method",
    "Organizer",
    "Participation",
    "Reply",
    "Status",
    "calendar",
    "calendar_email",
    "component",
    "etag",
    "invitation",
    "replies",
    "timezones",
    "tzid",
    "vtimezone",
]
