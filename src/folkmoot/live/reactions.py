"""What a running call does when a room below tells a fact."""

from __future__ import annotations

from django.utils import timezone

from folkmoot.groups.facts import GroupClosed
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.live.actions import close_forgotten_calls, let_go_of_notes, pulse
from folkmoot.live.models import RunningCall
from folkmoot.meetings.facts import (
    HitsCleared,
    MeetingCancelled,
    MeetingMoved,
    MinutesApproved,
    MinutesCorrected,
    MinutesLevelSet,
    MinutesProposed,
    MinutesPublished,
    OpeningRead,
    OpeningReadWithdrawn,
    PublicWordingConfirmed,
)


@reacts_to(
    MinutesProposed,
    MinutesApproved,
    MinutesPublished,
    MinutesCorrected,
    MinutesLevelSet,
    HitsCleared,
    PublicWordingConfirmed,
)
def forget_how_notes_came(entry: Entry) -> None:
    """Delete the log of notes: for good once they lie open; to begin anew in a draft whose names were looked at."""
    let_go_of_notes(entry.payload["meeting_id"])


@reacts_to(MeetingCancelled, MeetingMoved, GroupClosed)
def close_what_does_not_go_on(entry: Entry) -> None:
    """Close the call that was opened early and then cancelled or moved, or whose group was closed while it ran."""
    close_forgotten_calls(now=timezone.now())


@reacts_to(MinutesLevelSet, OpeningRead, OpeningReadWithdrawn)
def ask_again_whether_names_are_shown(entry: Entry) -> None:
    """Wake shared screens of a call that is on when its names are to be kept back, or no longer are."""
    call = RunningCall.objects.select_related("meeting").filter(pk=entry.payload["meeting_id"], closed_at=None).first()
    if call is not None:
        pulse(call.meeting, "queue")
