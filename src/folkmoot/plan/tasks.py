"""What the schedule starts for plan."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.plan.actions.reminders import remind_all
from folkmoot.plan.checks import reconsider_all


@every(timedelta(hours=1))
@task()
def remind() -> None:
    """Remind people of what is due today and in some days, and tell those who lead what is overdue."""
    remind_all()


@every(timedelta(hours=24))
@task()
def ask_checks_again() -> None:
    """Ask every open line with a check, for what no fact tells."""
    reconsider_all()
