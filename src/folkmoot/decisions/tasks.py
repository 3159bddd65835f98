"""What the schedule starts for decisions."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.decisions.actions.watching import watch_all
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=10))
@task()
def watch_silence() -> None:
    """Record what became of periods of silence that are over, and remind of those that end soon."""
    watch_all()
