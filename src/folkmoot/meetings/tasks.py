"""What the schedule starts for meetings."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import every
from folkmoot.meetings.actions import follow_zone_data, materialise_ahead, prepare_agendas
from folkmoot.meetings.models import Series


@every(timedelta(hours=24))
@task()
def keep_meetings_ahead() -> None:
    """Make the meetings of the coming months, and follow changes of the zone data; a group at a time."""
    now = timezone.now()
    for group in Group.objects.filter(meetings__ends_at__gt=now).distinct():
        follow_zone_data(group, now=now)
    for series in Series.objects.exclude(ends_on__lt=now.date() - timedelta(days=1)).prefetch_related("slots"):
        with transaction.atomic():
            materialise_ahead(series, now=now)


@every(timedelta(hours=1))
@task()
def keep_agendas_ready() -> None:
    """Carry over what past calls left, and lay out the usual agendas of those that come soon."""
    prepare_agendas(now=timezone.now(), by=system())
