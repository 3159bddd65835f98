"""What the schedule starts for running calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.live.actions import bring_notes_in_order, close_forgotten_calls, forget_who_was_here


@every(timedelta(hours=3))
@task()
def close_calls_left_open() -> None:
    """Close the calls that are long over or do not take place after all and nobody closed, so that no hand is kept."""
    close_forgotten_calls(now=timezone.now())


@every(timedelta(hours=1))
@task()
def forget_presences() -> None:
    """Forget who had the page of a call open, once it is over."""
    forget_who_was_here(now=timezone.now())


@every(timedelta(minutes=10))
@task()
def keep_notes_in_order() -> None:
    """Put down notes that a process left behind, and delete the logs of those that nobody writes any more."""
    bring_notes_in_order(now=timezone.now())
