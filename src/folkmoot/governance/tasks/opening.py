"""Closing votes on time, and asking for keys to be destroyed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.opening import close_voting
from folkmoot.governance.actions.opening_wiping import ask_to_destroy_keys, elections_with_keys
from folkmoot.governance.queries.opening import elections_to_close
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import every


@every(timedelta(minutes=1))
@task()
def close_votes_that_are_over() -> None:
    """Start a task for each vote whose last moment is over, so that none waits for the failure of another."""
    for election in elections_to_close(timezone.now()):
        close_one.enqueue(election.pk)


@task()
def close_one(election_id: int) -> None:
    """Close one vote, if that has not happened meanwhile."""
    election = elections_to_close(timezone.now()).filter(pk=election_id).first()
    if election is not None:
        close_voting(election, by=system())


@every(timedelta(hours=12))
@task()
def ask_for_keys_to_be_destroyed() -> None:
    """Ask officers once the days for complaints are over."""
    now = timezone.now()
    for election in elections_with_keys():
        ask_to_destroy_keys(election, now=now)
