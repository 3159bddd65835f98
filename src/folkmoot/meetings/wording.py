"""Series and times in words, for feeds, facts and pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from folkmoot.kit import recurrence, zones
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.models import Slot
from folkmoot.ui import times


def cadence_of(plan: Plan) -> str:
    """`every second Wednesday`; without the end that a series may have been given."""
    rule = plan.rule
    endless = recurrence.Rule(
        rule.freq,
        interval=rule.interval,
        weekdays=rule.weekdays,
        nth=rule.nth,
        month_days=rule.month_days,
        months=rule.months,
        set_positions=rule.set_positions,
        week_start=rule.week_start,
    )
    return recurrence.words(endless, plan.first, get_language() or "en")


def duration_words(duration: timedelta) -> str:
    """`60 minutes`."""
    minutes = round(duration.total_seconds() / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def wall_words(local: datetime) -> str:
    """`2026-11-25 08:00`, as facts keep a wall time."""
    return f"{local:%Y-%m-%d %H:%M}"


def series_words(slot: Slot, clock: str = "24") -> str:
    """`Calls are every second Wednesday at 08:00, Los Angeles time.`"""
    words = {
        "cadence": cadence_of(slot.plan),
        "time": times.clock_words(slot.local_time, clock),
        "place": zones.place(slot.series.zone),
    }
    if times.is_fixed(slot.series.zone):
        return _("Calls are %(cadence)s at %(time)s %(place)s.") % words
    return _("Calls are %(cadence)s at %(time)s, %(place)s time.") % words


def silence_words(slot: Slot) -> str:
    """That the charter does not say how long a call lasts, and what is done about it; empty where it does."""
    if slot.series.duration_stated:
        return ""
    return _("The charter does not say how long a call lasts; %(duration)s are set aside.") % {
        "duration": duration_words(slot.series.duration)
    }


def when_words(instant: datetime, zone: str) -> str:
    """Day and time by the clock of a zone, with the year, since mails are read later than one thinks."""
    local = times.local(instant, zone)
    words = {
        "day": times.long_day(local.date()),
        "time": times.clock_words(local, "24"),
        "place": zones.place(zone),
    }
    if times.is_fixed(zone):
        return _("%(day)s at %(time)s %(place)s") % words
    return _("%(day)s at %(time)s, %(place)s time") % words
