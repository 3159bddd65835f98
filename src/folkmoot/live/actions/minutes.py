"""What is written and noted on a call, by the actions of minutes, so that open pages show it."""

from __future__ import annotations

from django.db import transaction

from folkmoot.ledger.actors import Actor
from folkmoot.live.actions.pulses import pulse
from folkmoot.meetings.actions import (
    ActionWords,
    NotesWords,
    begin_minutes,
    change_minutes_item,
    note_action,
    note_decision,
    record_attendance,
)
from folkmoot.meetings.models import Meeting, MinutesItem, Source
from folkmoot.people.models import Person


@transaction.atomic
def begin_notes(meeting: Meeting, *, by: Actor) -> None:
    """Give every item its place in the minutes. Refused as `begin_minutes`."""
    begin_minutes(meeting, by=by)
    pulse(meeting, "notes")


@transaction.atomic
def keep_notes(item: MinutesItem, notes: str, *, version: int, by: Actor) -> MinutesItem:
    """Keep the notes on an item. Refused as `change_minutes_item`: `stale` where somebody was quicker."""
    kept = change_minutes_item(item, NotesWords(item.title, notes), version=version, by=by)
    pulse(item.minutes.meeting, "notes")
    return kept


@transaction.atomic
def note_doings(item: MinutesItem, *, decision: str = "", action: ActionWords | None = None, by: Actor) -> None:
    """Write down what was decided and who does what, both or neither. Refused as `note_decision`, `note_action`."""
    if decision:
        note_decision(item, decision, by=by)
    if action is not None:
        note_action(item, action, by=by)
    pulse(item.minutes.meeting, "notes")


@transaction.atomic
def say_here(meeting: Meeting, *, by: Person) -> None:
    """Say by a tap that one is there. Refused as `record_attendance`."""
    record_attendance(meeting, by, by=by, source=Source.TAP)
    pulse(meeting, "people")
