"""What minutes show on one's own desk: those to approve, and those to write."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.meetings.domain.role_words import SCRIBE
from folkmoot.meetings.models import Minutes, MinutesState, Status, Turn, TurnState
from folkmoot.ui.chrome import signed_in_person

MOST_ON_DESK = 6
ASKED_FOR = timedelta(days=60)
"""So long after a call a scribe is still asked to write."""


def my_minutes(request: HttpRequest) -> SafeString | None:
    """Minutes that the reader was asked to approve, and those of calls at which they were scribe; two queries."""
    person = signed_in_person(request)
    if person is None:
        return None
    now = timezone.now()
    to_approve = list(
        Minutes.objects.filter(
            state=MinutesState.PROPOSED, approvals__person=person, approvals__answered_at=None
        ).select_related("meeting__group")[:MOST_ON_DESK]
    )
    to_write = list(
        Turn.objects.filter(
            Q(meeting__minutes=None) | Q(meeting__minutes__state=MinutesState.DRAFT),
            person=person,
            role__key=SCRIBE,
            state=TurnState.TAKEN,
            meeting__status=Status.PLANNED,
            meeting__starts_at__lte=now,
            meeting__starts_at__gt=now - ASKED_FOR,
        )
        .select_related("meeting__group", "meeting__minutes")
        .order_by("-meeting__starts_at")[:MOST_ON_DESK]
    )
    if not to_approve and not to_write:
        return None
    context = {
        "to_approve": [one.meeting for one in to_approve],
        "to_write": [(turn.meeting, hasattr(turn.meeting, "minutes")) for turn in to_write],
    }
    return render_to_string("meetings/minutes_on_desk.html", context, request)
