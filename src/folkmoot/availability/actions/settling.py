"""From a time that a poll found to a series of calls, or to one call."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.availability.actions.closing import close_held
from folkmoot.availability.actions.holding import hold_poll
from folkmoot.availability.facts import PollBecameCall, PollBecameSeries
from folkmoot.availability.models import Poll
from folkmoot.availability.rules import may_run_poll
from folkmoot.availability.times import first_call, series_pattern
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import add_extra_meeting, begin_series
from folkmoot.meetings.actions.publishing import one_at_a_time
from folkmoot.meetings.models import Meeting

EVERY = (1, 2, 4)
"""Every how many weeks a series may be."""


@transaction.atomic
def make_series_of(poll: Poll, key: int, *, every: int = 1, by: Actor) -> int:
    """Let a call of the group begin with this cell, every so many weeks, and close the poll; returns the position.

    The group is told as of any new regular call. Refused `forbidden`, `settled`, `not_found` (the call does not fit
    there), `invalid`, and as `begin_series` refuses.
    """
    poll = _unsettled(poll, by)
    if every not in EVERY:
        raise Refused(_("Calls are every week, every two weeks or every four."), code="invalid")
    first = first_call(poll, key, now=timezone.now(), again=True)
    position = begin_series(
        poll.group,
        title=poll.title,
        pattern=series_pattern(first.local, every),
        from_day=first.local.date(),
        first=first.local.date(),
        zone=poll.zone,
        duration=timedelta(minutes=poll.minutes),
        by=by,
    )
    _settle(poll, key, by=by, became_series=position)
    record(PollBecameSeries(poll.pk, position), by=by, on=poll, within=poll.group)
    return position


@transaction.atomic
def make_call_of(poll: Poll, key: int, *, by: Actor) -> Meeting:
    """Add a call that begins with this cell, the next one of a weekly poll, and close the poll.

    The group is told as of any call. Refused `forbidden`, `settled`, `not_found`, and as `add_extra_meeting` refuses.
    """
    poll = _unsettled(poll, by)
    first = first_call(poll, key, now=timezone.now(), again=False)
    meeting = add_extra_meeting(
        poll.group,
        starts=first.local,
        zone=poll.zone,
        duration=timedelta(minutes=poll.minutes),
        title=poll.title,
        fold=first.fold,
        by=by,
    )
    _settle(poll, key, by=by, became_call=meeting)
    record(PollBecameCall(poll.pk, meeting.pk), by=by, on=poll, within=poll.group)
    return meeting


def _unsettled(poll: Poll, by: Actor) -> Poll:
    require(may_run_poll(by, poll))
    # In the order in which meetings lock, so that nobody waits for somebody who waits for them.
    one_at_a_time(poll.group)
    held = hold_poll(poll)
    if held.is_settled:
        raise Refused(_("A call was made of this poll already."), code="settled")
    return held


def _settle(poll: Poll, key: int, *, by: Actor, **became: int | Meeting) -> None:
    close_held(poll, by=by)
    poll.chosen = key
    for field, value in became.items():
        setattr(poll, field, value)
    poll.save(update_fields=["chosen", "became_series", "became_call"])
