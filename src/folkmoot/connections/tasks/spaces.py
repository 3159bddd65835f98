"""What the schedule starts for circles."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.spaces_hosting import look_after_circles
from folkmoot.ledger.schedule import every


@every(timedelta(hours=12))
@task()
def keep_circles() -> None:
    """Ask circles that end soon, find hosts for those without one, close those that nobody keeps."""
    look_after_circles(now=timezone.now())
