"""A running call that nobody else changes until the transaction ends."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.live.models import RunningCall
from folkmoot.meetings.models import Meeting


def hold_running(meeting: Meeting) -> RunningCall:
    """The call as it stands now, with meeting and group. Refused `not_open` before it is opened and once it is closed.

    On PostgreSQL by a lock on its row; on SQLite the writing transaction itself keeps others out.
    """
    RunningCall.objects.select_for_update(no_key=True).filter(pk=meeting.pk).first()
    found = RunningCall.objects.select_related("meeting__group", "meeting__slot__series").filter(pk=meeting.pk).first()
    if found is None:
        raise Refused(_("Nobody has opened this call yet."), code="not_open")
    if not found.is_on:
        raise Refused(_("This call is closed."), code="not_open")
    return found


def stop_clock(call: RunningCall, *, now: datetime) -> None:
    """Let the clock of the item stand, with what it has taken noted; not saved."""
    if call.began_at is not None and call.item_id is not None:
        call.spent = {**call.spent, str(call.item_id): round(call.spent_on(call.item_id, now=now).total_seconds())}
    call.began_at = None
