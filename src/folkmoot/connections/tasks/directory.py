"""What the schedule starts for introductions."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.connections.actions.directory_introductions import end_unanswered, forget_introductions
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def end_introductions() -> None:
    """End introductions that nobody answered in time, and forget those that came to nothing long ago."""
    end_unanswered()
    forget_introductions()
