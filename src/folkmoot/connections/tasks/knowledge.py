"""What the schedule starts for articles."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.knowledge import remind_keepers
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def remind_of_stale_articles() -> None:
    """Ask keepers whether their articles still hold."""
    remind_keepers(now=timezone.now())
