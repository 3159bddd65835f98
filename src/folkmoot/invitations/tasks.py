"""What the schedule starts for invitations."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from folkmoot.invitations.actions import bring_invitations_in_order
from folkmoot.invitations.queries import calls_to_look_at
from folkmoot.ledger.schedule import every


@every(timedelta(hours=24))
@task()
def keep_invitations_in_order() -> None:
    """Invite to the calls that have come near, and mail what has changed without being told; a call at a time."""
    for meeting in calls_to_look_at(Q(), now=timezone.now()):
        bring_invitations_in_order(meeting)
