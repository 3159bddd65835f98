"""Words for clocks, days and distances in time. Nothing here reads the clock: `now` and zones are handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from folkmoot.kit import zones

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def local(instant: datetime, zone: str) -> datetime:
    """An aware datetime as the clocks of a zone show it. Raises `ValueError` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(zones.zone(zone))


def iso_utc(instant: datetime) -> str:
    """For `<time datetime>`: RFC 3339 in UTC, to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock_parts(moment: datetime | time, clock: str) -> tuple[str, str]:
    """The figures and, on a clock of twelve hours, the half of the day: `("21:30", "")`, `("9:30", "pm")`."""
    if clock != "12":
        return f"{moment.hour:02}:{moment.minute:02}", ""
    half = pgettext("clock", "am") if moment.hour < 12 else pgettext("clock", "pm")
    return f"{moment.hour % 12 or 12}:{moment.minute:02}", half


def clock_words(moment: datetime | time, clock: str) -> str:
    """`21:30` or, for those who chose twelve hours, `9:30 pm` (held together by a no-break space)."""
    figures, half = clock_parts(moment, clock)
    return f"{figures}\u00a0{half}" if half else figures


def long_day(day: date, *, now: date | None = None) -> str:
    """`Wednesday 25 November`, with the year where it is not this one."""
    if now is not None and now.year == day.year:
        return dateformat.format(day, pgettext("date format, long, this year", "l j F"))
    return dateformat.format(day, pgettext("date format, long", "l j F Y"))


def short_day(day: date, *, now: date | None = None) -> str:
    """`Wed 25 Nov`, with the year where it is not this one."""
    if now is not None and now.year == day.year:
        return dateformat.format(day, pgettext("date format, short, this year", "D j M"))
    return dateformat.format(day, pgettext("date format, short", "D j M Y"))


def plain_date(day: date, *, now: date | None = None) -> str:
    """`25 November`, with the year where it is not this one; for dates without a weekday's worth."""
    if now is not None and now.year == day.year:
        return dateformat.format(day, pgettext("date format, plain, this year", "j F"))
    return dateformat.format(day, pgettext("date format, plain", "j F Y"))


def weekday(day: date) -> str:
    return dateformat.format(day, "l")


def minutes_words(minutes: int) -> str:
    """`25 minutes`, `1 hour`, `1 hour 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


def relative_words(instant: datetime, now: datetime, zone: str) -> str:
    """`in 20 minutes`, `tomorrow`, `in 2 days`, `3 weeks ago`: how far off, in the calendar days of a zone.

    Never to stand alone: the date stands beside it. The same steps are in frontend/scripts/relative.js.
    """
    apart = abs(instant - now)
    past = instant < now
    if apart < MINUTE:
        return pgettext("distance in time", "now")
    if apart < HOUR:
        return _minutes(apart // MINUTE, past)
    days = abs((local(instant, zone).date() - local(now, zone).date()).days)
    if days == 0 or apart < 6 * HOUR:
        return _hours(apart // HOUR, past)
    if days == 1:
        return _("yesterday") if past else _("tomorrow")
    if days < 14:
        return _days(days, past)
    if days < 60:
        return _weeks(days // 7, past)
    if days < 730:
        return _months(int(days / 30.44), past)
    return _years(int(days / 365.25), past)


def _minutes(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}
    return ngettext("in %(count)d minute", "in %(count)d minutes", count) % {"count": count}


def _hours(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}
    return ngettext("in %(count)d hour", "in %(count)d hours", count) % {"count": count}


def _days(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}


def _weeks(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d week ago", "%(count)d weeks ago", count) % {"count": count}
    return ngettext("in %(count)d week", "in %(count)d weeks", count) % {"count": count}


def _months(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d month ago", "%(count)d months ago", count) % {"count": count}
    return ngettext("in %(count)d month", "in %(count)d months", count) % {"count": count}


def _years(count: int, past: bool) -> str:
    if past:
        return ngettext("%(count)d year ago", "%(count)d years ago", count) % {"count": count}
    return ngettext("in %(count)d year", "in %(count)d years", count) % {"count": count}


def is_fixed(zone: str) -> bool:
    """Whether a zone is an offset (`UTC`, `UTC-08:00`) rather than somewhere."""
    return zone.startswith("UTC")


def at_place(moment: datetime, zone: str, clock: str, *, beside: date) -> str:
    """A wall time with where it is read: `08:00 in Los Angeles`, with the weekday if that is not `beside`'s."""
    words = {"time": clock_words(moment, clock), "place": zones.place(zone)}
    if moment.date() == beside:
        if is_fixed(zone):
            return _("%(time)s %(place)s") % words
        return _("%(time)s in %(place)s") % words
    words["weekday"] = weekday(moment.date())
    if is_fixed(zone):
        return _("%(time)s %(place)s on %(weekday)s") % words
    return _("%(time)s on %(weekday)s in %(place)s") % words
