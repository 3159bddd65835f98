"""Notes that several write at once: kept change by change, put down in the minutes, and forgotten in time."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.live.actions import bring_notes_in_order, keep_change, open_notes, put_down, squash
from folkmoot.live.actions import notes as module
from folkmoot.live.domain.shared_text import SharedText
from folkmoot.live.models import NotesLog, NotesUpdate
from folkmoot.meetings.actions import (
    NotesWords,
    Written,
    ask_for_change,
    change_minutes_item,
    keep_draft,
    propose_minutes,
    set_level,
)
from folkmoot.meetings.minutes_reading import minutes_item_numbered
from folkmoot.meetings.models import LONGEST_NOTES, MinutesItem
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-23T12:00Z")


def words_kept(log: NotesLog) -> str:
    return SharedText([bytes(one.data) for one in NotesUpdate.objects.filter(log=log)]).text


def write(log: NotesLog, text: str, *, by: Person) -> int:
    """What a browser does: it takes in all there is, and sends what was typed."""
    document = SharedText([bytes(one.data) for one in NotesUpdate.objects.filter(log__item=log.item_id)])
    return keep_change(log.item_id, log.generation, document.take_over(text), by=by)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def told() -> list[tuple[str, str]]:
    kind = "meetings.minutes_item_changed"
    return [(str(entry.actor), entry.payload["version"]) for entry in Entry.objects.filter(kind=kind).order_by("pk")]


def test_what_several_write_stands_in_the_minutes_and_is_told_once_in_a_while(clock, item, ada, ben):
    log = open_notes(item, by=ada)
    again = open_notes(item, by=ben)

    assert (again.pk, again.generation) == (log.pk, log.generation)
    numbers = [
        write(log, "The lamps are old. We buy two.", by=ada),
        write(log, "All lamps are old. We buy two.", by=ben),
    ]
    put_down(item.pk)
    put_down(item.pk)

    log.refresh_from_db()
    item.refresh_from_db()
    assert (numbers, log.number, log.put_down, log.written_by) == ([2, 3], 3, 3, None)
    assert (item.notes, item.version, item.changed_by) == ("All lamps are old. We buy two.", 2, ben)
    write(log, "All lamps are old. We buy three.", by=ben)
    put_down(item.pk)
    assert told()[1:] == [("Ben Cole", 2)]
    clock.shift(dt.timedelta(minutes=11))
    write(log, "All lamps are old. We buy four.", by=ben)
    put_down(item.pk)
    assert told()[1:] == [("Ben Cole", 2), ("Ben Cole", 4)]


def test_who_opens_notes_while_they_are_put_down_takes_nothing_back(item, ada, ben):
    log = open_notes(item, by=ada)
    write(log, "The lamps are old. Ada types.", by=ada)
    put_down(item.pk)

    # Ben's process read the item just before.
    open_notes(item, by=ben)

    assert words_kept(log) == "The lamps are old. Ada types."


def test_who_may_not_write_writes_nothing(group, item, ada):
    cleo = join(PersonFactory(name="Cleo Dale"), group)
    log = open_notes(item, by=ada)

    assert code_of(lambda: open_notes(item, by=cleo)) == "forbidden"
    assert code_of(lambda: write(log, "Cleo was here", by=cleo)) == "forbidden"
    assert code_of(lambda: keep_change(item.pk, uuid.uuid4(), b"\x00\x00", by=ada)) == "begun_anew"
    assert words_kept(log) == "The lamps are old."


def test_what_the_form_keeps_is_taken_over_and_a_stale_form_is_told(minutes, item, ada, ben):
    log = open_notes(item, by=ada)
    write(log, "The lamps are old. Ada types.", by=ada)

    # Whoever opened the form before does not know what Ada types.
    stale = code_of(lambda: change_minutes_item(item, NotesWords("Lamps", "New lamps."), version=1, by=ben))
    written = [Written(item, 1, NotesWords("Lamps", "New lamps."))]
    stale_draft = code_of(lambda: keep_draft(minutes, written, by=ben))
    put_down(item.pk)
    item.refresh_from_db()
    notes = "The lamps are very old. Ada types."
    change_minutes_item(item, NotesWords("Lamps", notes), version=item.version, by=ben)
    number = write(log, "The lamps are old. Ada types on.", by=ada)
    put_down(item.pk)

    item.refresh_from_db()
    assert (stale, stale_draft) == ("stale", "stale")
    assert number == 3
    # Ada's browser had not heard of Ben's word, and took nothing out that it did not know.
    assert (item.notes, words_kept(log)) == ("The lamps are very old. Ada types on.",) * 2


def test_form_and_text_that_both_changed_lose_no_word(item, ada, ben):
    log = open_notes(item, by=ada)
    write(log, "The lamps are old. Ada types.", by=ada)
    # Somebody changes the row without asking what is being written.
    MinutesItem.objects.filter(pk=item.pk).update(notes="The lamps are dim.", version=2)

    put_down(item.pk)

    item.refresh_from_db()
    assert item.notes == "The lamps are old. Ada types dim."


def test_many_changes_become_one_without_what_was_taken_out(monkeypatch, item, ada):
    monkeypatch.setattr(module, "SQUASHED_AFTER", 5)
    log = open_notes(item, by=ada)

    for text in ("Zephyrine was late.", "Somebody was late.", "Somebody was late. It rained.", "It rained."):
        write(log, text, by=ada)

    (only,) = NotesUpdate.objects.filter(log=log)
    log.refresh_from_db()
    assert (only.number, log.number, log.size) == (5, 5, len(only.data))
    assert (b"Zephyrine" in bytes(only.data), words_kept(log)) == (False, "It rained.")


def test_what_is_too_much_is_refused_and_what_is_too_long_waits_until_it_is_shortened(monkeypatch, minutes, item, ada):
    log = open_notes(item, by=ada)

    write(log, "a" * (LONGEST_NOTES + 1), by=ada)
    too_long = [code_of(lambda: put_down(item.pk)), code_of(lambda: propose_minutes(minutes, by=ada))]
    monkeypatch.setattr(module, "MOST_KEPT", LONGEST_NOTES + 500)
    too_large = code_of(lambda: write(log, "b" * LONGEST_NOTES, by=ada))
    write(log, "Short.", by=ada)
    put_down(item.pk)

    item.refresh_from_db()
    assert (too_long, too_large, item.notes) == (["too_long", "too_long"], "too_large", "Short.")


def test_laying_open_keeps_the_words_and_forgets_how_they_came(settle, minutes, item, ada):
    log = open_notes(item, by=ada)
    write(log, "Zephyrine was against it.", by=ada)
    write(log, "One was against it.", by=ada)
    assert b"Zephyrine" in raw_rows()

    propose_minutes(minutes, by=ada)
    after = code_of(lambda: write(log, "Zephyrine again.", by=ada))
    settle()
    settle()

    item.refresh_from_db()
    assert (item.notes, after, NotesLog.objects.count(), NotesUpdate.objects.count()) == (
        "One was against it.",
        "frozen",
        0,
        0,
    )
    assert b"Zephyrine" not in raw_rows()
    ask_for_change(minutes, "A word is missing", by=ada)
    fresh = open_notes(minutes_item_numbered(item.pk), by=ada)
    assert fresh.generation != log.generation
    assert words_kept(fresh) == "One was against it."


def test_names_that_were_cleared_in_a_draft_are_gone_and_writing_begins_anew(settle, minutes, item, ada):
    log = open_notes(item, by=ada)
    write(log, "Zephyrine was against it.", by=ada)
    write(log, "One was against it.", by=ada)

    set_level(minutes, "chatham", by=ada)
    settle()

    item.refresh_from_db()
    assert (NotesLog.objects.count(), item.notes) == (0, "One was against it.")
    assert b"Zephyrine" not in raw_rows()
    assert code_of(lambda: keep_change(item.pk, log.generation, b"\x00\x00", by=ada)) == "begun_anew"


def test_what_a_process_left_behind_is_put_down_and_what_rests_is_forgotten(clock, item, ada):
    log = open_notes(item, by=ada)
    write(log, "Written as the light went out.", by=ada)

    bring_notes_in_order(now=timezone.now())
    item.refresh_from_db()
    assert (item.notes, item.changed_by, NotesLog.objects.count()) == ("Written as the light went out.", ada, 1)

    bring_notes_in_order(now=timezone.now() + dt.timedelta(hours=13))
    assert NotesLog.objects.count() == 0
    squash(item.pk)


def raw_rows() -> bytes:
    """All that stands in the tables of this room, as bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM live_notesupdate")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())
