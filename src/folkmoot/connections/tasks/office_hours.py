"""What the schedule and other rooms start for office hours."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
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
from folkmoot.groups.facts import RoleLeft
from folkmoot.groups.models import Participation
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
    for hours in OfficeHours.objects.filter(
        Q(until=None) | Q(until__gte=now.date()), host=left.person, group=left.group
    ):
        end_at_once(hours, by=system())
    take_out_of_group_hours(left.person, left.group_id, now=now)
