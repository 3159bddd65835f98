"""What the schedule starts for running calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.live.actions import bring_notes_in_order


@every(timedelta(minutes=10))
@task()
def keep_notes_in_order() -> None:
    """Put down notes that a process left behind, and delete the logs of those that nobody writes any more."""
    bring_notes_in_order(now=timezone.now())
