"""What a running call does when a room below tells a fact."""

from __future__ import annotations

from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.live.actions import let_go_of_notes
from folkmoot.meetings.facts import (
    HitsCleared,
    MinutesApproved,
    MinutesCorrected,
    MinutesLevelSet,
    MinutesProposed,
    MinutesPublished,
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
