"""What the schedule starts for surveys."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.kinds_surveys import close_surveys, open_retrospectives
from folkmoot.ledger.schedule import every


@every(timedelta(hours=6))
@task()
def keep_surveys() -> None:
    """Begin the surveys of elections that are over, and end those whose days are."""
    now = timezone.now()
    close_surveys(now=now)
    open_retrospectives(now=now)
