"""The time plate: one call, seen from the reader's clock. Pure: what is shown is decided here, words elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from folkmoot.kit import zones


class PlateState(Enum):
    """Where a call stands in time, or that it does not take place."""

    AHEAD = "ahead"
    LIVE = "live"
    OVER = "over"
    CANCELLED = "cancelled"


class DayPart(Enum):
    """How an hour of the day feels to most people; the strip is tinted by it."""

    NIGHT = "night"
    DAWN = "dawn"
    DAY = "day"
    EVENING = "evening"


def day_part(hour: int) -> DayPart:
    """22 to 7 is night, 7 to 9 dawn, 9 to 18 day, 18 to 22 evening."""
    if hour < 7 or hour >= 22:
        return DayPart.NIGHT
    if hour < 9:
        return DayPart.DAWN
    return DayPart.DAY if hour < 18 else DayPart.EVENING


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the reader's day on the strip."""

    number: int
    part: DayPart
    is_start: bool
    is_on: bool
    """Whether the call is still going on in this hour, without having begun in it."""


@dataclass(frozen=True, slots=True)
class TimePlate:
    """What a time plate shows. Made by `time_plate`.

    `here` and `there` are the same instant as the reader's and the anchor's clocks show it. Where the reader's
    zone is not known, `zone` is the anchor's.
    """

    starts_at: datetime
    ends_at: datetime
    zone: str
    zone_known: bool
    anchor_zone: str
    here: datetime
    there: datetime
    until: datetime
    state: PlateState
    is_next: bool
    moved_from: datetime | None
    """The reader's wall time at which the call would have been, had it not been moved."""
    drift: zones.Drift | None
    hours: tuple[Hour, ...]
    now: datetime

    @property
    def same_zone(self) -> bool:
        return self.zone == self.anchor_zone

    @property
    def same_clock(self) -> bool:
        """Whether both clocks show the same on that day, be it in one zone or by chance in two."""
        return self.here.replace(tzinfo=None) == self.there.replace(tzinfo=None)

    @property
    def same_date(self) -> bool:
        return self.here.date() == self.there.date()

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def part(self) -> DayPart:
        """The part of the reader's day in which the call begins."""
        return day_part(self.here.hour)


def time_plate(
    starts_at: datetime,
    duration: timedelta,
    *,
    anchor_zone: str,
    reader_zone: str,
    zone_known: bool,
    now: datetime,
    drift: zones.Drift | None = None,
    is_next: bool = False,
    cancelled: bool = False,
    moved_from: datetime | None = None,
) -> TimePlate:
    """A plate for a call that begins at an instant (aware) and is anchored to wall time in `anchor_zone`.

    `drift` is what `kit.zones.drift` found for the series and this reader; it is left out where the reader's
    zone is not known or the call is cancelled or over. `moved_from` is the instant planned before. Raises
    `ValueError` for naive datetimes or a negative duration and `Refused` for an unknown zone.
    """
    if starts_at.tzinfo is None or now.tzinfo is None or (moved_from is not None and moved_from.tzinfo is None):
        raise ValueError("a plate needs instants with a zone")
    if duration < timedelta():
        raise ValueError("a call cannot end before it begins")
    anchor = zones.canonical(anchor_zone)
    zone = zones.canonical(reader_zone) if zone_known else anchor
    wall = zones.zone(zone)
    starts, ends, now = starts_at.astimezone(UTC), starts_at.astimezone(UTC) + duration, now.astimezone(UTC)
    here, until = starts.astimezone(wall), ends.astimezone(wall)
    state = _state(starts, ends, now, cancelled)
    return TimePlate(
        starts_at=starts,
        ends_at=ends,
        zone=zone,
        zone_known=zone_known,
        anchor_zone=anchor,
        here=here,
        there=starts.astimezone(zones.zone(anchor)),
        until=until,
        state=state,
        is_next=is_next,
        moved_from=moved_from.astimezone(wall) if moved_from is not None else None,
        drift=drift if zone_known and state in {PlateState.AHEAD, PlateState.LIVE} else None,
        hours=_hours(here, until),
        now=now,
    )


def _state(starts: datetime, ends: datetime, now: datetime, cancelled: bool) -> PlateState:
    if cancelled:
        return PlateState.CANCELLED
    if now < starts:
        return PlateState.AHEAD
    return PlateState.LIVE if now < ends else PlateState.OVER


def _hours(here: datetime, until: datetime) -> tuple[Hour, ...]:
    last = 24 if until.date() > here.date() else until.hour + (1 if until.minute or until.second else 0)
    return tuple(
        Hour(hour, day_part(hour), is_start=hour == here.hour, is_on=here.hour < hour < last) for hour in range(24)
    )
