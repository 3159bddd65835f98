"""Going through the agenda of a call that runs, and its clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.live.actions.holding import hold_running, stop_clock
from folkmoot.live.actions.pulses import pulse
from folkmoot.live.call_reading import Lot, lot_after, lot_of, lots_of
from folkmoot.live.call_rules import may_moderate
from folkmoot.live.domain.speaking import Kind
from folkmoot.live.facts import CallWentOn, TimeAdded
from folkmoot.live.models import HandState, RunningCall
from folkmoot.meetings.actions import finish_item, reopen_item
from folkmoot.meetings.models import AgendaItem, Meeting

MOST_ADDED = 60


@transaction.atomic
def next_item(meeting: Meeting, *, seen: int, by: Actor) -> RunningCall:
    """Go on: what is talked about is done, and the next item begins; behind the last one, none.

    `seen` is the step that whoever goes on saw, so that two who press at once go on by one item. Refused `stale` for
    who was later, `forbidden`, `not_open`.
    """
    call = _hold(meeting, seen, by)
    lots = lots_of(call.meeting)
    current = lot_of(lots, call.item_id)
    if current is not None:
        for item in current.items:
            finish_item(item, by=by)
    _go(call, lot_after(lots, current), by=by)
    return call


@transaction.atomic
def go_to_item(meeting: Meeting, item: AgendaItem, *, seen: int, by: Actor) -> RunningCall:
    """Go to an item anywhere on the agenda. What was talked about stays open; what was done is talked about again.

    Refused as `next_item`, and `not_there` for what does not stand on the agenda.
    """
    call = _hold(meeting, seen, by)
    lot = lot_of(lots_of(call.meeting), item.pk)
    if lot is None:
        raise Refused(_("This does not stand on the agenda of the call."), code="not_there")
    for one in lot.items:
        if one.is_done:
            reopen_item(one, by=by)
    if not lot.has(call.item_id):
        _go(call, lot, by=by)
    return call


@transaction.atomic
def pause(meeting: Meeting, *, by: Actor) -> RunningCall:
    """Let the clock of the item stand. Refused `forbidden`, `not_open`."""
    require(may_moderate(by, meeting))
    call = hold_running(meeting)
    if call.began_at is not None:
        stop_clock(call, now=timezone.now())
        call.save(update_fields=["began_at", "spent"])
        pulse(call.meeting, "item")
    return call


@transaction.atomic
def resume(meeting: Meeting, *, by: Actor) -> RunningCall:
    """Let the clock of the item run again. Refused `forbidden`, `not_open`."""
    require(may_moderate(by, meeting))
    call = hold_running(meeting)
    if call.is_paused:
        call.began_at = timezone.now()
        call.save(update_fields=["began_at"])
        pulse(call.meeting, "item")
    return call


@transaction.atomic
def add_time(meeting: Meeting, minutes: int, *, seen: int, had: int = 0, by: Actor) -> RunningCall:
    """Give the item that is talked about more time, 1 to 60 minutes; the agenda itself stays as it was.

    `had` is how many minutes had been added when `by` looked: of two who press at once, one adds.
    Refused `stale` when the call has gone on since `seen` or time was added since, `no_item`, `invalid`, `forbidden`,
    `not_open`.
    """
    if not 1 <= minutes <= MOST_ADDED:
        raise Refused(_("Please add between 1 and 60 minutes."), code="invalid")
    call = _hold(meeting, seen, by)
    if call.item_id is None:
        raise Refused(_("Nothing is talked about at the moment."), code="no_item")
    if call.minutes_added_to(call.item_id) != had:
        raise Refused(_("Somebody has just given this item more time."), code="stale")
    call.added = {**call.added, str(call.item_id): had + minutes}
    call.save(update_fields=["added"])
    pulse(call.meeting, "item")
    record(
        TimeAdded(meeting_id=call.pk, agenda_item_id=call.item_id, minutes=minutes),
        by=by,
        on=call.meeting,
        within=call.meeting.group,
    )
    return call


def _hold(meeting: Meeting, seen: int, by: Actor) -> RunningCall:
    require(may_moderate(by, meeting))
    call = hold_running(meeting)
    if call.step != seen:
        raise Refused(_("Somebody has gone on already; this is where the call is now."), code="stale")
    return call


def _go(call: RunningCall, lot: Lot | None, *, by: Actor) -> None:
    """Go to a lot; who speaks has spoken, and replies to them are out of place."""
    now: datetime = timezone.now()
    stop_clock(call, now=now)
    call.item = lot.items[0] if lot is not None else None
    call.began_at = now if lot is not None else None
    call.step += 1
    call.save(update_fields=["item", "began_at", "spent", "step"])
    call.hands.filter(state=HandState.SPEAKING).update(state=HandState.DONE)
    call.hands.filter(state=HandState.WAITING, kind=Kind.REPLY).update(state=HandState.LOWERED)
    pulse(call.meeting, "item")
    pulse(call.meeting, "queue")
    record(
        CallWentOn(meeting_id=call.pk, agenda_item_id=call.item_id, step=call.step),
        by=by,
        on=call.meeting,
        within=call.meeting.group,
    )
