"""What the schedule starts for the calendar."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.calendar import actions
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def keep_components() -> None:
    """Write components anew that were kept for another address or an older version."""
    actions.keep_components()
