"""Several change one item, or carry one call's agenda over, at once; with the control."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import ItemWords, agenda, change_item, prepare_agendas
from folkmoot.meetings.models import AgendaItem, Meeting
from tests.calendar.test_races import RUNNERS, race
from tests.factories.agendas import item, titles
from tests.factories.meetings import meeting_group, next_meeting

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_edits_one_is_kept_and_the_others_are_told_and_what_is_left_goes_on_once(monkeypatch):
    group = meeting_group()
    call = next_meeting(group)
    mine = item(call)
    left = AgendaItem.objects.create(meeting=next_meeting(group, number=1), title="Left")
    Meeting.objects.filter(pk=left.meeting_id).update(
        starts_at=timezone.now() - call.duration * 2, ends_at=timezone.now() - call.duration
    )

    def edit(number: int) -> None:
        change_item(mine, ItemWords(f"Wording {number}"), version=1, by=system())

    failed = race(edit)

    assert [getattr(error, "code", error) for error in failed] == ["stale"] * (RUNNERS - 1)
    assert Entry.objects.filter(kind="meetings.agenda_item_changed").count() == 1

    assert race(lambda number: prepare_agendas(now=timezone.now(), by=system())) == []
    assert AgendaItem.objects.filter(carried_from=left).count() == 1
    assert len(titles(call)) == 2

    # The control: without the lock all have read the item before one writes, and three wordings are lost unseen.
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(held: AgendaItem, **how: bool) -> AgendaItem:
        found = AgendaItem.objects.select_related("meeting__group").get(pk=held.pk)
        all_have_read.wait(timeout=20)
        return found

    monkeypatch.setattr(agenda, "hold_item", read_together)
    unguarded = race(lambda number: change_item.__wrapped__(mine, ItemWords(f"Other {number}"), version=2, by=system()))
    assert not [error for error in unguarded if isinstance(error, Refused)]
