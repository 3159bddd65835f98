"""What the schedule and other rooms start for office hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.office_hours import end_at_once
from folkmoot.connections.actions.office_hours_reminding import (
    bring_in_order,
    forget_misses,
    remind_of_office_hours,
    take_out_of_group_hours,
)
from folkmoot.connections.models.office_hours import OPEN, OfficeHours
from folkmoot.connections.queries.office_hours import offers_running
from folkmoot.groups.facts import GroupClosed, RoleLeft
from folkmoot.groups.models import GroupState, Participation
from folkmoot.groups.queries import has_power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=10))
@task()
def remind_people_of_office_hours() -> None:
    """Remind whoever has a slot within a day, or within an hour."""
    remind_of_office_hours(now=timezone.now())


@every(timedelta(hours=24))
@task()
def keep_office_hours_in_order() -> None:
    """Follow clocks that a country has changed, and forget who did not come long ago; one offer at a time."""
    now = timezone.now()
    for hours in OfficeHours.objects.filter(bookings__starts_at__gt=now, bookings__state__in=OPEN).distinct():
        bring_in_order(hours, now=now)
    forget_misses(now=now)


@reacts_to(RoleLeft)
def follow_who_leaves(entry: Entry) -> None:
    """Hours that somebody holds for a group end when they leave it; what is for its people alone is theirs no more."""
    left = Participation.objects.select_related("person", "group").get(pk=entry.payload["participation_id"])
    if has_power(left.person, left.group):
        return
    now = timezone.now()
    _end(OfficeHours.objects.filter(host=left.person, group=left.group), now)
    take_out_of_group_hours(left.person, left.group_id, now=now)


@reacts_to(GroupClosed)
def follow_closed_group(entry: Entry) -> None:
    """Hours of a group end with it, and whoever has booked is told; one that works again by now keeps them."""
    now = timezone.now()
    _end(OfficeHours.objects.filter(group=entry.within_id, group__state=GroupState.CLOSED), now)


def _end(offers: QuerySet[OfficeHours], now: datetime) -> None:
    for hours in offers_running(offers, now):
        end_at_once(hours, by=system())
