"""Setting all calls of a series otherwise from a day on, and going back to the charter."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.publishing import one_at_a_time
from folkmoot.meetings.actions.series import bring_in_order
from folkmoot.meetings.facts import SeriesChanged, SeriesFollowsCharter
from folkmoot.meetings.following import Setting, setting_of
from folkmoot.meetings.models import SeriesChange
from folkmoot.meetings.rules import may_call_meeting
from folkmoot.organisation.queries import today_here

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)


@transaction.atomic
def change_series(
    group: Group, position: int, *, from_day: date, local_time: time, zone: str, duration: timedelta, by: Actor
) -> None:
    """Let all calls of a series from a day on be at this wall time, in this zone, and last so long.

    The charter stays as it is, and every screen says that this differs from it. What is as the charter says is not
    kept as a difference. Refused `not_found`, `past`, `invalid`, and `forbidden`.
    """
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    setting = _checked(group, position, from_day)
    zone = zones.canonical(zone)
    if not SHORTEST <= duration <= LONGEST:
        raise Refused(_("A call lasts from five minutes to a day."), code="invalid")
    stated = setting.stated
    change = SeriesChange(
        group=group,
        position=position,
        from_day=from_day,
        local_time=local_time if local_time != stated.plan.at else None,
        zone=zone if zone != stated.plan.zone else "",
        duration=duration if duration != stated.duration else None,
    )
    if change.is_charter:
        _back(group, position, from_day, by)
        return
    change.save()
    record(
        SeriesChanged(
            position=position,
            from_day=from_day.isoformat(),
            local_time=f"{change.local_time:%H:%M}" if change.local_time else "",
            zone=change.zone,
            minutes=round(duration.total_seconds() / 60) if change.duration else None,
        ),
        by=by,
        on=change,
        within=group,
    )
    bring_in_order(group, by=by)


@transaction.atomic
def return_to_charter(group: Group, position: int, *, from_day: date, by: Actor) -> None:
    """Let all calls of a series from a day on be as the charter says; where they are already, nothing is written."""
    require(may_call_meeting(by, group))
    one_at_a_time(group)
    _checked(group, position, from_day)
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
