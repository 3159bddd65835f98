"""The calls of the sample community: a year of them behind it, and the coming ones as life has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.series import materialise
from folkmoot.meetings.actions.single import cancel_meeting, move_meeting
from folkmoot.meetings.models import Series
from folkmoot.meetings.queries import upcoming_meetings


@transaction.atomic
def hold_meetings(groups: Sequence[Group], *, by: Actor) -> None:
    """Make the meetings of the past year; of the coming ones of the first group, move one and call one off."""
    now = timezone.now()
    for series in Series.objects.filter(group__in=groups).select_related("group"):
        materialise(series, start=now - timedelta(days=365), end=now)
    coming = list(upcoming_meetings(groups[0], now=now + timedelta(days=14))[:4]) if groups else []
    if len(coming) == 4:
        moved, called_off = coming[1], coming[3]
        move_meeting(
            moved,
            to=moved.starts + timedelta(hours=1),
            why=_("The hosts of the open house need the hour before."),
            by=by,
        )
        cancel_meeting(called_off, why=_("Most of us are away that week."), by=by)
