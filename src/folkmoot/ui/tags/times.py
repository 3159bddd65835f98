"""Time: the plate of a call, and any moment in the reader's zone with the group's beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.ui import plate_words, times
from folkmoot.ui.plate import TimePlate
from folkmoot.ui.tags.library import one_of, reader_of, register, rendered, request_of, trimmed

LOOKS = ("short", "long", "clock")


@register.simple_block_tag(takes_context=True)
def time_plate(context: Context, content: str, plate: TimePlate, *, id: str = "", level: int = 2) -> SafeString:
    """The time plate. Inside the block: agenda lines, segments to answer with, or `{% plate_actions %}`."""
    reader = reader_of(context)
    figures, half = times.clock_parts(plate.here, reader.clock)
    name = id or f"plate-{plate.starts_at.astimezone(UTC):%Y%m%dT%H%M}"
    return rendered(
        context,
        "ui/plate.html",
        {
            "plate": plate,
            "id": name,
            "level": level,
            "slot": trimmed(content),
            "figures": figures,
            "half": half,
            "iso": times.iso_utc(plate.starts_at),
            "eyebrow": plate_words.eyebrow(plate, reader.clock),
            "day": plate_words.day_line(plate),
            "place": plate_words.place_line(plate, reader.clock),
            "utc": plate_words.utc_line(plate, reader.clock),
            "strip": plate_words.strip_words(plate, reader.clock),
            "drift": plate_words.drift_note(plate, reader.clock),
            "moved": plate_words.moved_note(plate, reader.clock),
            "cancelled": plate_words.cancelled_note(plate),
        },
    )


@register.simple_block_tag
def plate_actions(content: str) -> SafeString:
    """Buttons at the foot of a time plate."""
    return format_html('<div class="plate-actions">{}</div>', content)


@register.simple_block_tag
def agenda(content: str) -> SafeString:
    """The lines of an agenda; put `{% agenda_line %}`s inside."""
    return format_html('<ol class="agenda">{}</ol>', content)


@register.simple_tag
def agenda_line(words: str, minutes: int | None = None) -> SafeString:
    """One point, with the minutes it is given."""
    length = ""
    if minutes is not None:
        length = format_html('<span class="agenda-minutes">{}</span>', _("%(count)s min") % {"count": minutes})
    return format_html("<li><span>{}</span>{}</li>", words, length)


@register.simple_tag(takes_context=True)
def moment(
    context: Context,
    instant: datetime,
    anchor_zone: str = "",
    *,
    look: str = "short",
    relative: bool = False,
    there: bool = True,
    id: str = "",
) -> SafeString:
    """A moment in the reader's zone, with the zone of whoever planned it beside it and UTC in its title.

    `look`: `short` (Wed 25 Nov, 21:30), `long` (Wednesday 25 November, 21:30) or `clock` (21:30). With
    `relative`, how far off it is comes first. Readers whose zone is not known see the anchor's, by name.
    """
    one_of(look, LOOKS, "the look of a moment")
    reader = reader_of(context)
    anchor = zones.canonical(anchor_zone) if anchor_zone else ""
    zone = reader.zone if reader.zone_known else (anchor or "UTC")
    now = timezone.now()
    here = times.local(instant, zone)
    clock = times.clock_words(here, reader.clock)
    today = times.local(now, zone).date()
    if look == "clock":
        words = clock
    else:
        day = (times.short_day if look == "short" else times.long_day)(here.date(), now=today)
        words = _("%(day)s, %(time)s") % {"day": day, "time": clock}
    distance: SafeString | str = ""
    if relative:
        distance = format_html(
            '<span data-relative="{}" data-in="{}">{}</span>, ',
            times.iso_utc(instant),
            zone,
            times.relative_words(instant, now, zone),
        )
    return format_html(
        '<span class="moment" id="{}" data-zoned>{}<time datetime="{}" title="{}">{}</time>{}</span>',
        id or _moment_id(context, instant),
        distance,
        times.iso_utc(instant),
        _("%(time)s UTC") % {"time": times.clock_words(instant.astimezone(UTC), reader.clock)},
        words,
        _beside(reader.zone_known, zone, anchor, instant, here, reader.clock) if there else "",
    )


def _beside(known: bool, zone: str, anchor: str, instant: datetime, here: datetime, clock: str) -> SafeString:
    """Whose time it is: the anchor's where it differs, else the word that says so."""
    if not known:
        words = zones.place(zone)
    elif anchor and (there := times.local(instant, anchor)).replace(tzinfo=None) != here.replace(tzinfo=None):
        words = times.at_place(there, anchor, clock, beside=here.date())
    else:
        words = _("your time")
    return format_html(' <span class="moment-there">{}</span>', words)


def _moment_id(context: Context, instant: datetime) -> str:
    """The same id for the same moment in the same place of the page, so that scripts can swap it."""
    request: Any = request_of(context)
    seen = _seen(request)
    name = f"t-{instant.astimezone(UTC):%Y%m%dT%H%M%S}"
    seen[name] = seen.get(name, 0) + 1
    return f"{name}-{seen[name]}"


def _seen(request: Any) -> dict[str, int]:
    """How often each moment was shown on this page, kept with the request as panels are rendered apart."""
    if request is None:
        return {}
    if not hasattr(request, "ui_moments"):
        request.ui_moments = {}
    seen: dict[str, int] = request.ui_moments
    return seen


@register.simple_tag
def day(on: date, look: str = "plain") -> SafeString:
    """A date without a time: `25 November 2026`; `long` adds the weekday, `short` shortens it."""
    show = {"plain": times.plain_date, "long": times.long_day, "short": times.short_day}
    return format_html(
        '<time datetime="{}">{}</time>', on.isoformat(), show[one_of(look, tuple(show), "the look of a day")](on)
    )


@register.simple_block_tag
def zoned(content: str, id: str) -> SafeString:
    """A part of the page that depends on the reader's zone and may be swapped as a whole once it is known."""
    return format_html('<div id="{}" data-zoned>{}</div>', id, content)
