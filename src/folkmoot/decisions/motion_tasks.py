"""What the schedule starts for motions."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.decisions.actions.settling import remind_voters, settle_due
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=5))
@task()
def count_votes() -> None:
    """Count the votes that are over."""
    settle_due()


@every(timedelta(hours=1))
@task()
def remind_who_has_a_vote() -> None:
    """Remind those who have a vote and took no position, two days and one day before the end."""
    remind_voters()
