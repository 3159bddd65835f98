"""Series and times in words, for feeds, facts and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from folkmoot.kit import recurrence, zones
from folkmoot.meetings.domain.pattern import pattern_of
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


def days_and_times(plans: Sequence[Plan], clock: str = "24") -> str:
    """`every second Wednesday at 08:00`, or with turns `every Wednesday, in turns at 08:00 and 17:00`."""
    at = [times.clock_words(plan.at, clock) for plan in plans]
    pattern = pattern_of(plans) if len(plans) > 1 else None
    if pattern is None:
        said = [
            _("%(cadence)s at %(time)s") % {"cadence": cadence_of(plan), "time": time}
            for plan, time in zip(plans, at, strict=True)
        ]
        return _joined(said)
    ordered = sorted(plans, key=lambda plan: plan.first)
    at = [times.clock_words(plan.at, clock) for plan in ordered]
    if any(turn.weekdays for turn in pattern.turns):
        turns = [
            _("%(days)s at %(time)s")
            % {"days": _joined([str(WEEKDAYS[day]) for day in plan.rule.weekdays]), "time": time}
            for plan, time in zip(ordered, at, strict=True)
        ]
        every = ngettext("every week", "every %(count)d weeks", pattern.every) % {"count": pattern.every}
        return _("%(every)s, in turns on %(turns)s") % {"every": every, "turns": _joined(turns)}
    whole = Plan(replace(pattern.rule, until=None), ordered[0].first, ordered[0].at, ordered[0].zone)
    return _("%(cadence)s, in turns at %(times)s") % {"cadence": cadence_of(whole), "times": _joined(at)}


def plans_words(plans: Sequence[Plan], clock: str = "24") -> str:
    """The same with whose time it is: `every second Wednesday at 08:00, Los Angeles time`."""
    zone = plans[0].zone
    words = {"calls": days_and_times(plans, clock), "place": zones.place(zone)}
    return _("%(calls)s %(place)s") % words if times.is_fixed(zone) else _("%(calls)s, %(place)s time") % words


def calls_words(slots: Sequence[Slot], clock: str = "24") -> str:
    """The slots of one series in words; they need their series at hand."""
    plans = [slot.plan for slot in slots]
    return plans_words(plans, clock) if plans else ""


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def duration_words(duration: timedelta) -> str:
    """`60 minutes`."""
    minutes = round(duration.total_seconds() / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def wall_words(local: datetime) -> str:
    """`2026-11-25 08:00`, as facts keep a wall time."""
    return f"{local:%Y-%m-%d %H:%M}"


def series_words(slots: Sequence[Slot], clock: str = "24") -> str:
    """`Calls are every second Wednesday at 08:00, Los Angeles time.`, of one slot or of all of a series."""
    title = slots[0].series.title
    if title:
        return _("%(title)s: %(calls)s.") % {"title": title, "calls": calls_words(slots, clock)}
    return _("Calls are %(calls)s.") % {"calls": calls_words(slots, clock)}


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
