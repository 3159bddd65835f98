"""What the schedule starts for meetings."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from folkmoot.groups.models import Group, GroupState
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import every
from folkmoot.meetings.actions import (
    approve_by_silence,
    close_lists_that_are_due,
    follow_holidays,
    follow_zone_data,
    forget_handed_in,
    materialise_ahead,
    prepare_agendas,
)
from folkmoot.meetings.actions.call_lists import BEGINS_BEFORE, bring_call_list_in_order
from folkmoot.meetings.actions.call_roles import bring_roles_in_order
from folkmoot.meetings.actions.turns import propose_turns
from folkmoot.meetings.call_list import CALL_LIST
from folkmoot.meetings.models import Meeting, Series
from folkmoot.plan.models import Checklist, ChecklistState


@every(timedelta(hours=24))
@task()
def keep_meetings_ahead() -> None:
    """Make the meetings of the coming months, and follow changes of the zone data; a group at a time."""
    now = timezone.now()
    for group in Group.objects.filter(meetings__ends_at__gt=now).distinct():
        follow_zone_data(group, now=now)
    for group in Group.objects.filter(
        Q(pauses__last_day__gte=now.date()) | Q(holiday_rules__isnull=False, holiday_rules__until=None)
    ).distinct():
        follow_holidays(group, now=now)
    for series in Series.objects.exclude(ends_on__lt=now.date() - timedelta(days=1)).prefetch_related("slots"):
        with transaction.atomic():
            materialise_ahead(series, now=now)


@every(timedelta(days=7))
@task()
def fill_rota() -> None:
    """Propose whose turn it is at the calls of the coming weeks, a group at a time."""
    now = timezone.now()
    for group in Group.objects.filter(call_roles__willing__isnull=False).distinct().order_by("pk"):
        propose_turns(group, now=now)


@every(timedelta(hours=12))
@task()
def keep_call_lists() -> None:
    """Begin the lists of the calls that are near, and bring in order those that run; a call at a time."""
    now = timezone.now()
    # A charter that was adopted before may come into force today.
    for group in Group.objects.filter(call_roles__isnull=False).exclude(state=GroupState.CLOSED).distinct():
        bring_roles_in_order(group)
    near = Meeting.objects.filter(
        group__call_roles__isnull=False, starts_at__gt=now, starts_at__lte=now + BEGINS_BEFORE
    ).distinct()
    running = Checklist.objects.filter(template_key=CALL_LIST, state=ChecklistState.OPEN, anchor_on__gte=now.date())
    for meeting in near | Meeting.objects.filter(pk__in=running.values("subject_id")).distinct():
        bring_call_list_in_order(meeting, by=system())


@every(timedelta(hours=1))
@task()
def keep_agendas_ready() -> None:
    """Carry over what past calls left, and lay out the usual agendas of those that come soon."""
    prepare_agendas(now=timezone.now(), by=system())


@every(timedelta(hours=24))
@task()
def close_attendance_lists() -> None:
    """Close the lists of calls that were over two weeks ago."""
    while close_lists_that_are_due(now=timezone.now()):
        pass


@every(timedelta(hours=1))
@task()
def approve_minutes_by_silence() -> None:
    """Approve the minutes on which silence is over."""
    approve_by_silence(now=timezone.now())


@every(timedelta(hours=24))
@task()
def forget_files_handed_in() -> None:
    """Delete files of older minutes that nobody took in."""
    forget_handed_in(now=timezone.now())
