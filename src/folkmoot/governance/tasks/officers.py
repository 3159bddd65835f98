"""What officers are reminded of by the calendar."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.officers_reminding import remind_of_keys
from folkmoot.ledger.schedule import every


@every(timedelta(hours=6))
@task()
def officers_are_reminded_of_keys() -> None:
    """Tell officers once whose keys are not ready in the week before voting is opened."""
    remind_of_keys(now=timezone.now())
