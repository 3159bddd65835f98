"""What the schedule starts for newcomers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.newcomers import enter_all
from folkmoot.connections.actions.newcomers_buddies import rest
from folkmoot.connections.actions.newcomers_check_ins import ask_all
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import every


@every(timedelta(hours=1))
@task()
def ask_how_it_goes() -> None:
    """Ask newcomers how it goes on their days, and let buddies go whose time is over."""
    now = timezone.now()
    ask_all(now=now)
    rest(now=now)


@every(timedelta(hours=24))
@task()
def enter_newcomers() -> None:
    """Enter whoever came lately and is not known as a newcomer yet."""
    enter_all(by=system())
