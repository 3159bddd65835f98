"""A meeting as a time plate, for one reader."""

from __future__ import annotations

from datetime import datetime

from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import drift_for
from folkmoot.people.reader import Reader
from folkmoot.ui.plate import TimePlate, time_plate


def plate_of(meeting: Meeting, reader: Reader, *, now: datetime, is_next: bool = False) -> TimePlate:
    """The plate of a meeting; needs its slot and series at hand, and asks no more."""
    is_ahead = meeting.is_planned and meeting.ends_at > now
    return time_plate(
        meeting.starts_at,
        meeting.duration,
        anchor_zone=meeting.zone,
        reader_zone=reader.zone,
        zone_known=reader.zone_known,
        now=now,
        drift=drift_for(meeting, reader.zone) if is_ahead and reader.zone_known else None,
        is_next=is_next,
        cancelled=not meeting.is_planned,
        moved_from=meeting.original_at if meeting.is_moved and meeting.is_planned else None,
    )
