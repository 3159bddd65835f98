"""Setting all calls of a series otherwise from a day on, going back to the charter, and series besides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import to_rrule
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.publishing import one_at_a_time
from folkmoot.meetings.actions.series import bring_in_order
from folkmoot.meetings.domain.pattern import Pattern, in_step, plans_of
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.domain.segments import all_agree
from folkmoot.meetings.facts import OwnSeriesEnded, SeriesChanged, SeriesFollowsCharter
from folkmoot.meetings.following import Setting, setting_of
from folkmoot.meetings.models import OWN_FROM, SeriesChange
from folkmoot.meetings.rules import may_call_meeting
from folkmoot.meetings.wording import days_and_times
from folkmoot.organisation.queries import today_here

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)
LONGEST_TITLE = 120
MOST_OWN = 30


@transaction.atomic
def change_series(
    group: Group,
    position: int,
    *,
    from_day: date,
    zone: str,
    duration: timedelta,
    local_time: time | None = None,
    pattern: Pattern | None = None,
    first: date | None = None,
    by: Actor,
) -> None:
    """Let all calls of a series from a day on be at this time, in this zone, and last so long.

    Either `local_time` alone is given, and the days stay those of the charter, or a `pattern` of days and times;
    `first` names its first call where it matters which week begins. The charter stays as it is, and every screen says
    that this differs from it. What is as the charter says is not kept as a difference. Refused `not_found`, `past`,
    `invalid`, `forbidden`, and as `plans_of` refuses.
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    setting = _checked(group, position, from_day)
    zone = zones.canonical(zone)
    _check_length(duration)
    if pattern is not None:
        plans = plans_wanted(setting.plans, pattern, from_day, zone, first)
        change = _difference(setting, plans, from_day, zone, duration)
    elif setting.stated is not None and local_time is not None:
        change = SeriesChange(
            local_time=local_time if local_time != setting.stated.plan.at else None,
            zone=zone if zone != setting.stated.plan.zone else "",
            duration=duration if duration != setting.stated.duration else None,
        )
        plans = (Plan(setting.stated.plan.rule, setting.stated.plan.first, local_time, zone),)
    else:
        raise Refused(_("Please say on which days there are calls."), code="invalid")
    if change.is_charter:
        _back(group, position, from_day, by)
        return
    change.group, change.position, change.from_day = group, position, from_day
    change.title = setting.series.title
    change.save()
    record(
        SeriesChanged(
            position=position,
            from_day=from_day.isoformat(),
            local_time=f"{plans[0].at:%H:%M}" if change.local_time or change.slots else "",
            zone=change.zone,
            minutes=round(duration.total_seconds() / 60) if change.duration else None,
            cadence=days_and_times(plans) if change.slots else "",
        ),
        by=by,
        on=change,
        within=group,
    )
    bring_in_order(group, by=by)


def plans_wanted(
    present: Sequence[Plan], pattern: Pattern, from_day: date, zone: str, first: date | None
) -> tuple[Plan, ...]:
    """The plans from a day on, in step with the present ones unless a first call is named."""
    if first is None:
        return in_step(present, pattern, from_day, zone)
    if first < from_day:
        raise Refused(_("The first call cannot be before the day from which on this holds."), code="past")
    return plans_of(pattern, from_day, zone, first=first)


def _difference(
    setting: Setting, plans: tuple[Plan, ...], from_day: date, zone: str, duration: timedelta
) -> SeriesChange:
    """What of these plans the charter does not say."""
    stated = setting.stated
    if stated is None:
        return SeriesChange(slots=kept(plans), zone=zone, duration=duration)
    lasts = duration if duration != stated.duration else None
    elsewhere = zone if zone != stated.plan.zone else ""
    if len(plans) == 1:
        same_days = Plan(stated.plan.rule, stated.plan.first, plans[0].at, zone)
        if all_agree((same_days,), plans, from_day):
            at = plans[0].at if plans[0].at != stated.plan.at else None
            return SeriesChange(local_time=at, zone=elsewhere, duration=lasts)
    return SeriesChange(slots=kept(plans), zone=elsewhere, duration=lasts)


def kept(plans: Sequence[Plan]) -> list[dict[str, str]]:
    """Plans as a change keeps them."""
    return [
        {
            "rrule": to_rrule(plan.rule, at=plan.at, zone_name=plan.zone),
            "first_date": plan.first.isoformat(),
            "at": plan.at.isoformat("minutes"),
        }
        for plan in plans
    ]


@transaction.atomic
def begin_series(
    group: Group,
    *,
    title: str,
    pattern: Pattern,
    from_day: date,
    zone: str,
    duration: timedelta,
    first: date | None = None,
    by: Actor,
) -> int:
    """Set up a series of calls that the charter does not have; returns its position.

    Refused `forbidden`, `past`, `invalid`, and as `plans_of` refuses.
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    title = one_line(title, most=LONGEST_TITLE)
    if not title:
        raise Refused(
            _("Please give the calls a name, so that people can tell them apart."), code="invalid", field="title"
        )
    if from_day < today_here():
        raise Refused(_("A series begins today or later."), code="past")
    _check_length(duration)
    zone = zones.canonical(zone)
    if len({change.position for change in group.series_changes.filter(position__gte=OWN_FROM)}) >= MOST_OWN:
        raise Refused(_("A group may have at most %(count)s series of its own.") % {"count": MOST_OWN}, code="invalid")
    plans = plans_wanted((), pattern, from_day, zone, first)
    last = group.series_changes.filter(position__gte=OWN_FROM).aggregate(last=Max("position"))["last"]
    position = OWN_FROM if last is None else last + 1
    change = SeriesChange.objects.create(
        group=group, position=position, from_day=from_day, title=title, zone=zone, duration=duration, slots=kept(plans)
    )
    record(
        SeriesChanged(
            position=position,
            from_day=from_day.isoformat(),
            local_time=f"{plans[0].at:%H:%M}",
            zone=zone,
            minutes=round(duration.total_seconds() / 60),
            cadence=days_and_times(plans),
        ),
        by=by,
        on=change,
        within=group,
    )
    bring_in_order(group, by=by)
    return position


@transaction.atomic
def end_own_series(group: Group, position: int, *, last_day: date, by: Actor) -> None:
    """Let there be no more calls, after a day, of a series that the charter does not have.

    Refused `forbidden`, `past`, and `not_found`, also for a series of the charter, which only an amendment ends.
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    if position < OWN_FROM:
        raise Refused(_("The charter asks for these calls; an amendment can end them."), code="not_found")
    from_day = last_day + timedelta(days=1)
    setting = _checked(group, position, from_day)
    change = SeriesChange.objects.create(
        group=group, position=position, from_day=from_day, title=setting.series.title, ends=True
    )
    record(OwnSeriesEnded(position=position, last_day=last_day.isoformat()), by=by, on=change, within=group)
    bring_in_order(group, by=by)


@transaction.atomic
def return_to_charter(group: Group, position: int, *, from_day: date, by: Actor) -> None:
    """Let all calls of a series from a day on be as the charter says; where they are already, nothing is written."""
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    if _checked(group, position, from_day).stated is None:
        raise Refused(_("The charter has no such regular call."), code="not_found")
    _back(group, position, from_day, by)


def _back(group: Group, position: int, from_day: date, by: Actor) -> None:
    last = group.series_changes.filter(position=position).order_by("-from_day", "-pk").first()
    if last is None or last.is_charter:
        return
    change = SeriesChange.objects.create(group=group, position=position, from_day=from_day)
    record(SeriesFollowsCharter(position=position, from_day=from_day.isoformat()), by=by, on=change, within=group)
    bring_in_order(group, by=by)


def _checked(group: Group, position: int, from_day: date) -> Setting:
    setting = setting_of(group, position)
    if setting is None:
        raise Refused(_("The charter has no such regular call."), code="not_found")
    if from_day < today_here():
        raise Refused(_("Calls that were held stay as they were; name today or a later day."), code="past")
    last = group.series_changes.filter(position=position).order_by("-from_day", "-pk").first()
    if last is not None and from_day < last.from_day:
        raise Refused(
            _("All calls are changed from %(day)s on already; name that day or a later one.")
            % {"day": last.from_day.isoformat()},
            code="past",
        )
    return setting


def _check_length(duration: timedelta) -> None:
    if not SHORTEST <= duration <= LONGEST:
        raise Refused(_("A call lasts from five minutes to a day."), code="invalid")
