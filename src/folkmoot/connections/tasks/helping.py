"""What the schedule starts for help desks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.helping_ending import close_quiet_requests
from folkmoot.connections.actions.helping_steps import take_due_steps
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=5))
@task()
def tell_of_requests_that_wait() -> None:
    """Tell those whom the desks name that the time for an answer runs out."""
    take_due_steps(now=timezone.now())


@every(timedelta(hours=1))
@task()
def close_requests_that_are_quiet() -> None:
    """Close what waits for whoever asked and has been quiet for days."""
    close_quiet_requests(now=timezone.now())
