"""Mentoring by the calendar."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.mentoring_schedule import follow_the_calendar
from folkmoot.ledger.schedule import every


@every(timedelta(hours=6))
@task()
def mentoring_by_the_calendar() -> None:
    """Ask pairs how it goes, let questions lapse, and close programmes that are over."""
    follow_the_calendar(now=timezone.now())
