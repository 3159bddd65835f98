"""Breaks and holidays: days on which a series is not held, and days on which it is in spite of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.public_holidays import checked
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.left_out import leaves_out_of, settle_left_out
from folkmoot.meetings.actions.publishing import one_at_a_time, publish_slot
from folkmoot.meetings.actions.series import settle_series
from folkmoot.meetings.actions.telling_changes import coming_calls, tell_left_out
from folkmoot.meetings.domain.left_out import LONGEST_REASON, LeavesOut
from folkmoot.meetings.facts import CallsPaused, HolidaysKept, HolidaysLetGo, PauseEnded
from folkmoot.meetings.models import HolidayRule, Meeting, Pause, Series
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting
from folkmoot.organisation.queries import today_here

LONGEST_PAUSE = timedelta(days=366)
FURTHEST = timedelta(days=366 * 2)
MOST_PAUSES = 100
MOST_PLACES = 12


@transaction.atomic
def pause_calls(group: Group, position: int, *, first_day: date, last_day: date, reason: str, by: Actor) -> Pause:
    """Let there be no calls of a series from one day to another, both included.

    What was moved or cancelled by hand stays as it is. Refused `forbidden`, `not_found`, `past`, and `invalid` (no
    reason, days in the wrong order, longer than a year, or more than two years ahead).
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    _require_series(group, position)
    reason = one_line(reason, most=LONGEST_REASON)
    if not reason:
        raise Refused(_("Please say why, in a few words: people look for their call."), code="invalid", field="reason")
    if last_day < first_day:
        raise Refused(_("The last day comes before the first one."), code="invalid", field="last_day")
    if last_day < today_here():
        raise Refused(_("These days are over; what was held stays as it was."), code="past", field="first_day")
    if last_day - first_day > LONGEST_PAUSE:
        raise Refused(_("A break lasts a year at most."), code="invalid", field="last_day")
    if last_day > today_here() + FURTHEST:
        raise Refused(_("That is more than two years ahead; please check the date."), code="invalid", field="last_day")
    if group.pauses.filter(position=position, last_day__gte=today_here()).count() >= MOST_PAUSES:
        raise Refused(_("There are %(count)s breaks ahead already.") % {"count": MOST_PAUSES}, code="invalid")
    pause, made = Pause.objects.get_or_create(
        group=group,
        position=position,
        first_day=max(first_day, today_here()),
        last_day=last_day,
        reason=reason,
        meets_anyway=False,
    )
    if made:
        _tell_pause(pause, by)
        _settle(group, position, why=reason, by=by)
    return pause


@transaction.atomic
def end_pause(pause: Pause, *, by: Actor) -> None:
    """Take a break back, as far as it lies ahead; calls of its days take place again. Refused `forbidden`."""
    require(may_call_meeting(by, pause.group))
    one_at_a_time(pause.group)
    found = Pause.objects.filter(pk=pause.pk).first()
    if found is None or found.last_day < today_here():
        return
    group, today = pause.group, today_here()
    record(
        PauseEnded(position=pause.position, first_day=pause.first_day.isoformat(), last_day=pause.last_day.isoformat()),
        by=by,
        on=pause,
        within=group,
    )
    if found.first_day < today:
        found.last_day = today - timedelta(days=1)
        found.save(update_fields=["last_day"])
    else:
        found.delete()
    _settle(group, pause.position, why="", by=by)


@transaction.atomic
def keep_holidays(group: Group, position: int, *, country: str, subdivision: str = "", by: Actor) -> HolidayRule:
    """Let there be no calls of a series on the public holidays of a country, or of a part of it, from today on.

    Refused `forbidden`, `not_found`, and `invalid` for a place whose holidays are not known, or too many places.
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    _require_series(group, position)
    country, subdivision = checked(country, subdivision)
    running = group.holiday_rules.filter(position=position, until=None)
    rule = running.filter(country=country, subdivision=subdivision).first()
    if rule is not None:
        return rule
    if running.count() >= MOST_PLACES:
        raise Refused(_("Holidays of at most %(count)s places are kept free.") % {"count": MOST_PLACES}, code="invalid")
    rule = HolidayRule.objects.create(
        group=group, position=position, country=country, subdivision=subdivision, since=today_here()
    )
    place = place_code(rule)
    record(HolidaysKept(position=position, place=place), by=by, on=rule, within=group)
    _settle(group, position, why=_("public holidays (%(place)s)") % {"place": place}, by=by)
    return rule


@transaction.atomic
def let_holidays_go(rule: HolidayRule, *, by: Actor) -> None:
    """Let calls take place on these holidays again, from today on. Refused `forbidden`; done twice, it is done once."""
    require(may_call_meeting(by, rule.group))
    one_at_a_time(rule.group)
    found = HolidayRule.objects.filter(pk=rule.pk, until=None).first()
    if found is None:
        return
    group, today = rule.group, today_here()
    record(HolidaysLetGo(position=rule.position, place=place_code(rule)), by=by, on=rule, within=group)
    if found.since < today:
        found.until = today - timedelta(days=1)
        found.save(update_fields=["until"])
    else:
        found.delete()
    _settle(group, rule.position, why="", by=by)


@transaction.atomic
def meet_anyway(meeting: Meeting, *, by: Actor) -> None:
    """Let one call take place although a holiday or a break falls on its day. Refused `forbidden` or `meeting_over`."""
    require(may_change_meeting(by, meeting))
    one_at_a_time(meeting.group)
    meeting = Meeting.objects.select_related("group", "slot__series").get(pk=meeting.pk)
    if not meeting.skipped_for or meeting.slot is None or meeting.original is None:
        return
    if meeting.starts_at <= timezone.now():
        raise Refused(_("This call has begun, or is over; it can no longer be changed."), code="meeting_over")
    position, day = meeting.slot.series.position, meeting.original.date()
    pause = Pause.objects.create(
        group=meeting.group,
        position=position,
        first_day=day,
        last_day=day,
        reason=meeting.skipped_for,
        meets_anyway=True,
    )
    _tell_pause(pause, by)
    _settle(meeting.group, position, why="", by=by)


@transaction.atomic
def follow_holidays(group: Group, *, now: datetime) -> int:
    """Let calendars and meetings know of holidays of a further year, or of a newer list; how many slots changed."""
    one_at_a_time(group)
    pauses = leaves_out_of(group)
    changed = 0
    for series in _running(group).filter(position__in=pauses):
        for slot in series.slots.all():
            slot.series = series
            if settle_left_out(slot, pauses[series.position], now=now):
                publish_slot(slot)
                changed += 1
    return changed


def place_code(rule: HolidayRule) -> str:
    """`PT`, or `DE-BY` for a part of a country."""
    return f"{rule.country}-{rule.subdivision}" if rule.subdivision else rule.country


def _tell_pause(pause: Pause, by: Actor) -> None:
    record(
        CallsPaused(
            position=pause.position,
            first_day=pause.first_day.isoformat(),
            last_day=pause.last_day.isoformat(),
            reason=pause.reason,
            meets_anyway=pause.meets_anyway,
        ),
        by=by,
        on=pause,
        within=pause.group,
    )


def _settle(group: Group, position: int, *, why: str, by: Actor) -> None:
    before = coming_calls(group)
    pauses = leaves_out_of(group).get(position, LeavesOut())
    for series in _running(group).filter(position=position):
        settle_series(series, pauses)
    tell_left_out(group, before, coming_calls(group), why=why, by=by)


def _running(group: Group) -> QuerySet[Series]:
    return (
        Series.objects.filter(group=group)
        .exclude(ends_on__lt=today_here())
        .select_related("group")
        .prefetch_related("slots")
    )


def _require_series(group: Group, position: int) -> None:
    if not _running(group).filter(position=position).exists():
        raise Refused(_("There are no such regular calls."), code="not_found")
