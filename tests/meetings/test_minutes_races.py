"""Several write on the same notes, or approve and publish, at once; with the control."""

from __future__ import annotations

import threading

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import NotesWords, add_minutes_item, begin_minutes, change_minutes_item, minutes
from folkmoot.meetings.models import Minutes, MinutesItem
from tests.calendar.test_races import RUNNERS, race
from tests.factories.meetings import held_call, meeting_group

pytestmark = pytest.mark.django_db(transaction=True)


def test_minutes_begin_once_and_of_several_edits_one_is_kept_and_the_others_are_told(monkeypatch):
    call = held_call(meeting_group())

    assert race(lambda number: begin_minutes(call, by=system())) == []
    assert Entry.objects.filter(kind="meetings.minutes_begun").count() == 1
    item = add_minutes_item(Minutes.objects.get(), NotesWords("Lamps"), by=system())

    def write(number: int) -> None:
        change_minutes_item(item, NotesWords("Lamps", f"Wording {number}"), version=1, by=system())

    failed = race(write)

    assert [getattr(error, "code", error) for error in failed] == ["stale"] * (RUNNERS - 1)
    assert Entry.objects.filter(kind="meetings.minutes_item_changed").count() == 2

    # The control: without the lock all have read the notes before one writes, and the others' are lost unseen.
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(found: MinutesItem, held: Minutes) -> MinutesItem:
        fresh = MinutesItem.objects.select_related("minutes__meeting__group").get(pk=found.pk)
        all_have_read.wait(timeout=20)
        return fresh

    monkeypatch.setattr(minutes, "hold_draft", lambda found, by: Minutes.objects.get(pk=found.pk))
    monkeypatch.setattr(minutes, "hold_minutes_item", read_together)
    unguarded = race(
        lambda number: change_minutes_item.__wrapped__(
            item, NotesWords("Lamps", f"Other {number}"), version=2, by=system()
        )
    )
    assert not [error for error in unguarded if isinstance(error, Refused)]
