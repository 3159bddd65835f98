"""The calls of the sample community: a year of them behind it, and the coming ones as life has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.changing import kept, plans_wanted
from folkmoot.meetings.actions.pausing import keep_holidays, pause_calls
from folkmoot.meetings.actions.places import settle_series_place
from folkmoot.meetings.actions.series import bring_in_order, materialise
from folkmoot.meetings.actions.single import cancel_meeting, move_meeting
from folkmoot.meetings.domain.pattern import Pattern, Turn
from folkmoot.meetings.facts import SeriesChanged
from folkmoot.meetings.models import OWN_FROM, Series, SeriesChange
from folkmoot.meetings.queries import upcoming_meetings
from folkmoot.meetings.wording import days_and_times
from folkmoot.organisation.queries import today_here


@transaction.atomic
def hold_meetings(groups: Sequence[Group], *, by: Actor) -> None:
    """Make the meetings of the past year; in the first group move one, call one off, and say where and when not."""
    now = timezone.now()
    for series in Series.objects.filter(group__in=groups).select_related("group"):
        materialise(series, start=now - timedelta(days=365), end=now)
    coming = list(upcoming_meetings(groups[0], now=now + timedelta(days=14))[:4]) if groups else []
    if len(coming) == 4:
        moved, called_off = coming[1], coming[3]
        move_meeting(
            moved,
            to=moved.starts + timedelta(hours=1),
            why=_("The hosts of the open house need the hour before."),
            by=by,
        )
        cancel_meeting(called_off, why=_("Most of us are away that week."), by=by)
    if groups:
        _say_where(groups[0], by=by)
    if len(groups) > 1:
        _take_turns(groups[1], by=by)


def _say_where(group: Group, *, by: Actor) -> None:
    """A video link, a venue where one may come, and a winter break of the first group."""
    if not group.series.filter(position=0, ends_on=None).exists():
        return
    settle_series_place(
        group,
        0,
        join_link="https://meet.example.org/folkmoot-sample",
        venue=_("Town library, room 2"),
        address=_("1 Mill Lane"),
        venue_notes=_("The door to the yard is open until seven. No steps; ring if it is locked."),
        venue_is_public=True,
        by=by,
    )
    today = today_here()
    year = today.year if today.month < 12 or today.day < 20 else today.year + 1
    pause_calls(
        group,
        0,
        first_day=date(year, 12, 20),
        last_day=date(year + 1, 1, 3),
        reason=_("winter break"),
        by=by,
    )
    keep_holidays(group, 0, country="PT", by=by)


def _take_turns(group: Group, *, by: Actor) -> None:
    """An open hour of the second group since ten weeks, in turns for those in the east and in the west."""
    since, zone, lasts = today_here() - timedelta(weeks=10), "Europe/Lisbon", timedelta(minutes=45)
    plans = plans_wanted((), Pattern("weeks", (Turn(time(8)), Turn(time(17))), weekdays=(1,)), since, zone, None)
    change = SeriesChange.objects.create(
        group=group,
        position=OWN_FROM,
        from_day=since,
        title=_("Open hour"),
        zone=zone,
        duration=lasts,
        slots=kept(plans),
    )
    fact = SeriesChanged(
        position=change.position,
        from_day=since.isoformat(),
        local_time=f"{plans[0].at:%H:%M}",
        zone=zone,
        minutes=round(lasts.total_seconds() / 60),
        cadence=days_and_times(plans),
    )
    record(fact, by=by, on=change, within=group, at=timezone.now() - timedelta(weeks=10))
    bring_in_order(group, by=by)
