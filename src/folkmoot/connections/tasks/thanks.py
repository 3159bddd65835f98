"""What the schedule starts for thanks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.connections.actions.thanks import send_yearly_cards
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def send_cards_of_the_year() -> None:
    """Tell people of their year in thanks, in its first days."""
    send_yearly_cards(now=timezone.now())
