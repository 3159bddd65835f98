"""What the schedule starts for polls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.availability.actions import close_polls_that_are_due, forget_guests
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=15))
@task()
def close_polls() -> None:
    """Close the polls whose time is over."""
    close_polls_that_are_due(now=timezone.now())


@every(timedelta(hours=24))
@task()
def forget_guests_of_polls() -> None:
    """Delete what guests answered to polls that closed long ago."""
    forget_guests(now=timezone.now())
