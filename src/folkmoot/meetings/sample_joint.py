"""What the groups of the sample community hold together: one call, and an invitation that waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.joint import answer_joining, ask_to_join
from folkmoot.meetings.models import OWN_FROM, Status


@transaction.atomic
def hold_together(groups: Sequence[Group], *, by: Actor) -> None:
    """Let the second group join one call of the first, and invite the first to its open hour."""
    if len(groups) < 2:
        return
    host, other = groups[0], groups[1]
    soon = timezone.now() + timedelta(days=14)
    call = host.meetings.filter(starts_at__gt=soon, status=Status.PLANNED).order_by("starts_at", "pk").first()
    if call is not None:
        answer_joining(ask_to_join(host, other, meeting=call, by=by), agrees=True, by=by)
    if other.series.filter(position=OWN_FROM, ends_on=None).exists():
        ask_to_join(other, host, position=OWN_FROM, by=by)
