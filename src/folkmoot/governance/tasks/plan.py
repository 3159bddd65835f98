"""What the schedule does for elections as they are set up: sends their messages, and ticks their lists."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.plan_messages import send_due
from folkmoot.governance.election_list import tick_elections
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=1))
@task()
def send_election_messages() -> None:
    """Messages whose day has come, in their order; a run that was stopped goes on with the next one."""
    send_due(timezone.now())


@every(timedelta(minutes=10))
@task()
def tick_election_lists() -> None:
    """Steps of elections that are done by now."""
    tick_elections()
