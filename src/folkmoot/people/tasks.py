"""What the schedule starts."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.people.actions import settle_merges


@every(timedelta(hours=24))
@task()
def settle_old_merges() -> None:
    """Erase what is left at merged records once nobody can take the merge back."""
    settle_merges()
