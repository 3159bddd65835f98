"""The sentences on a time plate."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.ui import times
from folkmoot.ui.plate import DayPart, PlateState, TimePlate


def relative_span(plate: TimePlate) -> SafeString:
    """How far off the call is; scripts keep it true while the page stays open."""
    return format_html(
        '<span data-relative="{}" data-until="{}" data-in="{}">{}</span>',
        times.iso_utc(plate.starts_at),
        times.iso_utc(plate.ends_at),
        plate.zone,
        times.relative_words(plate.starts_at, plate.now, plate.zone),
    )


def eyebrow(plate: TimePlate, clock: str) -> SafeString:
    """What this is and how far off: `Next call, in 2 days`."""
    if plate.state is PlateState.CANCELLED:
        return format_html("{}", _("Cancelled"))
    if plate.state is PlateState.LIVE:
        return format_html("{}", _("Under way, until %(time)s") % {"time": times.clock_words(plate.until, clock)})
    if plate.state is PlateState.OVER:
        return format_html(_("A past call, {}"), relative_span(plate))
    if plate.is_next:
        return format_html(_("Next call, {}"), relative_span(plate))
    return format_html(_("A call {}"), relative_span(plate))


def day_line(plate: TimePlate) -> str:
    """The reader's weekday and date, and whose time it is: `Wednesday 25 November, your time in Kolkata`."""
    words = {
        "day": times.long_day(plate.here.date(), now=plate.now.astimezone(plate.here.tzinfo).date()),
        "place": zones.place(plate.zone),
    }
    if plate.zone_known:
        return _("%(day)s, your time in %(place)s") % words
    if times.is_fixed(plate.zone):
        return _("%(day)s, in %(place)s") % words
    return _("%(day)s, time in %(place)s") % words


def place_line(plate: TimePlate, clock: str) -> str:
    """The anchor's clock, if it says something else: `08:00 in Los Angeles, where this call is anchored`."""
    place = zones.place(plate.anchor_zone)
    if not plate.zone_known:
        return _("This is where the call is anchored; your own zone is not known yet.")
    if plate.same_zone:
        return _("The call is anchored to the clocks of your own zone.")
    if plate.same_clock:
        return _("The same hour as in %(place)s, where this call is anchored") % {"place": place}
    words = {
        "time": times.clock_words(plate.there, clock),
        "place": place,
        "weekday": times.weekday(plate.there.date()),
    }
    if times.is_fixed(plate.anchor_zone):
        if plate.same_date:
            return _("%(time)s %(place)s, to which this call is anchored") % words
        return _("%(time)s %(place)s on %(weekday)s, to which this call is anchored") % words
    if plate.same_date:
        return _("%(time)s in %(place)s, where this call is anchored") % words
    return _("%(time)s on %(weekday)s in %(place)s, where this call is anchored") % words


def utc_line(plate: TimePlate, clock: str) -> str:
    """How long it lasts and when that is in UTC: `1 hour, from 16:00 to 17:00 UTC`."""
    starts, ends = plate.starts_at.astimezone(UTC), plate.ends_at.astimezone(UTC)
    words = {
        "length": times.minutes_words(plate.minutes),
        "start": times.clock_words(starts, clock),
        "end": times.clock_words(ends, clock),
        "weekday": times.weekday(starts.date()),
    }
    if starts.date() == plate.here.date():
        return _("%(length)s, from %(start)s to %(end)s UTC") % words
    return _("%(length)s, from %(start)s on %(weekday)s to %(end)s UTC") % words


def strip_words(plate: TimePlate, clock: str) -> str:
    """The strip of hours in words, for those who do not see it."""
    at = {"time": times.clock_words(plate.here, clock), "place": zones.place(plate.zone)}
    if plate.zone_known:
        return {
            DayPart.NIGHT: _("Your day from midnight to midnight: the call is at night, at %(time)s"),
            DayPart.DAWN: _("Your day from midnight to midnight: the call is early in the morning, at %(time)s"),
            DayPart.DAY: _("Your day from midnight to midnight: the call is in the daytime, at %(time)s"),
            DayPart.EVENING: _("Your day from midnight to midnight: the call is in the evening, at %(time)s"),
        }[plate.part] % at
    return {
        DayPart.NIGHT: _("The day in %(place)s: the call is at night, at %(time)s"),
        DayPart.DAWN: _("The day in %(place)s: the call is early in the morning, at %(time)s"),
        DayPart.DAY: _("The day in %(place)s: the call is in the daytime, at %(time)s"),
        DayPart.EVENING: _("The day in %(place)s: the call is in the evening, at %(time)s"),
    }[plate.part] % at


def drift_note(plate: TimePlate, clock: str) -> str:
    """When the call will move for this reader, and whose clocks do it; empty if it will not."""
    drift = plate.drift
    if drift is None:
        return ""
    today = plate.now.astimezone(plate.here.tzinfo).date()
    words = {
        "date": times.plain_date(drift.then.date(), now=today),
        "time": times.clock_words(drift.then, clock),
        "anchor": zones.place(plate.anchor_zone),
        "reader": zones.place(plate.zone),
        "weekday": times.weekday(drift.then.date()),
    }
    changes_day = (drift.then - drift.moved_by).date() != drift.then.date()
    if drift.changed == "anchor":
        if changes_day:
            return (
                _(
                    "From %(date)s it moves to %(weekday)s, %(time)s for you: "
                    "clocks change in %(anchor)s and not in %(reader)s."
                )
                % words
            )
        return (
            _("From %(date)s it moves to %(time)s for you: clocks change in %(anchor)s and not in %(reader)s.") % words
        )
    if drift.changed == "reader":
        if changes_day:
            return (
                _(
                    "From %(date)s it moves to %(weekday)s, %(time)s for you: "
                    "clocks change in %(reader)s and not in %(anchor)s."
                )
                % words
            )
        return (
            _("From %(date)s it moves to %(time)s for you: clocks change in %(reader)s and not in %(anchor)s.") % words
        )
    if changes_day:
        return (
            _("From %(date)s it moves to %(weekday)s, %(time)s for you: clocks change in both places, not alike.")
            % words
        )
    return _("From %(date)s it moves to %(time)s for you: clocks change in both places, not alike.") % words


def moved_note(plate: TimePlate, clock: str) -> str:
    """From when the call was moved; empty if it was not."""
    if plate.moved_from is None:
        return ""
    today = plate.now.astimezone(plate.here.tzinfo).date()
    words = {
        "day": times.long_day(plate.moved_from.date(), now=today),
        "time": times.clock_words(plate.moved_from, clock),
    }
    if abs(plate.moved_from.date() - plate.here.date()) < timedelta(days=1):
        return _("This one was moved: it would have been at %(time)s.") % words
    return _("This one was moved: it would have been on %(day)s at %(time)s.") % words


def cancelled_note(plate: TimePlate) -> str:
    """Empty unless the call is cancelled."""
    return _("This call does not take place.") if plate.state is PlateState.CANCELLED else ""
