"""What the schedule starts for running calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.live.actions import close_forgotten_calls


@every(timedelta(hours=3))
@task()
def close_calls_left_open() -> None:
    """Close the calls that ended half a day ago and nobody closed, so that no hand is kept."""
    close_forgotten_calls(now=timezone.now())
