"""What the schedule starts for running calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.live.actions import forget_who_was_here


@every(timedelta(hours=1))
@task()
def forget_presences() -> None:
    """Forget who had the page of a call open, once it is over."""
    forget_who_was_here(now=timezone.now())
