"""Notes that several people write at once: each change is kept when it comes, and put down in the minutes soon.

What is kept change by change holds words that were taken out again. It is squashed when it grows, so that they are
gone, and deleted when the minutes are laid open. Locks go from the group to the minutes to the log.
"""

from __future__ import annotations

import contextlib
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor, system
from folkmoot.live.domain.shared_text import SharedText, begun_with
from folkmoot.live.models import NotesLog, NotesUpdate
from folkmoot.live.watching import nudge
from folkmoot.meetings.actions import put_down_notes
from folkmoot.meetings.actions.minutes import hold_minutes, hold_minutes_item
from folkmoot.meetings.minutes_reading import minutes_item_numbered
from folkmoot.meetings.minutes_rules import may_write_minutes
from folkmoot.meetings.models import LONGEST_NOTES, Minutes, MinutesItem, MinutesState
from folkmoot.people.models import Person
from folkmoot.plan.who import author

SQUASHED_AFTER = 200
"""Changes, after which they become one."""
MOST_KEPT = 600_000
"""Bytes of one log, squashed: beyond this it is not a text of `LONGEST_NOTES`, whoever wrote it."""
RESTS_AFTER = timedelta(hours=12)


@transaction.atomic
def open_notes(item: MinutesItem, *, by: Actor) -> NotesLog:
    """The log of the notes on an item, begun with what they say if there is none.

    Refused `forbidden`, `frozen` unless the minutes are a draft.
    """
    log = NotesLog.objects.select_for_update().filter(item=item).first()
    # Read once the log is held: what was put down since it was read elsewhere is no change of somebody else.
    item = minutes_item_numbered(item.pk) or item
    _require_open(item, by)
    if log is None:
        log, is_new = NotesLog.objects.get_or_create(
            item=item, defaults={"item_version": item.version, "changed_at": timezone.now()}
        )
        if is_new:
            _append(log, begun_with(item.notes))
            log.put_down = log.number
            log.save()
            return log
    _follow_item(log, item)
    return log


@transaction.atomic
def keep_change(item_id: int, generation: uuid.UUID, update: bytes, *, by: Actor) -> int:
    """Keep a change that a document has taken in; its number. With this it is not lost any more.

    Refused `begun_anew` where the log is another one than was seen, `forbidden`, `frozen`, `too_large`.
    """
    log = NotesLog.objects.select_for_update().filter(item_id=item_id, generation=generation).first()
    item = minutes_item_numbered(item_id)
    if item is not None:
        _require_open(item, by)
    if log is None or item is None:
        raise Refused(_("These notes were begun anew."), code="begun_anew")
    if log.size + len(update) > MOST_KEPT:
        _squash(log)
        if log.size + len(update) > MOST_KEPT:
            raise Refused(_("That is more than notes can hold."), code="too_large")
    _append(log, update)
    log.written_by, log.changed_at = author(by), timezone.now()
    if log.number % SQUASHED_AFTER == 0:
        _squash(log)
    log.save()
    nudge()
    return log.number


@transaction.atomic
def put_down(item_id: int) -> None:
    """Put the words of one item down in the minutes, and follow what somebody wrote there by the form.

    Refused `closed`, `frozen`, `too_long`.
    """
    item = minutes_item_numbered(item_id)
    if item is not None:
        _put_down(hold_minutes(item.minutes), item_id=item_id)


def put_down_of(held: Minutes) -> None:
    """The same for all items of minutes that are held. What is too long is refused, `too_long`."""
    _put_down(held)


@transaction.atomic
def squash(item_id: int) -> None:
    """Make one change of all of them, without the words that were taken out."""
    log = NotesLog.objects.select_for_update().filter(item_id=item_id).first()
    if log is not None:
        _squash(log)
        log.save(update_fields=["size"])


@transaction.atomic
def let_go_of_notes(meeting_id: int) -> None:
    """Delete how the notes of minutes came about; whoever writes on in a draft begins with what it says then.

    Nothing is laid open before it is put down, so of minutes that are no draft there is nothing to keep. What cannot
    be put down in a draft (too long, a closed group) is squashed, so that what was taken out is gone all the same.
    """
    minutes = Minutes.objects.select_related("meeting__group").filter(pk=meeting_id).first()
    logs = NotesLog.objects.filter(item__minutes=meeting_id).order_by("pk")
    if minutes is None or not minutes.is_draft:
        _forget(logs)
        return
    for item_id in list(logs.values_list("item", flat=True)):
        try:
            put_down(item_id)
        except Refused:
            squash(item_id)
        else:
            _forget(logs.filter(item=item_id))


def bring_notes_in_order(*, now: datetime) -> None:
    """Put down what was left when a process ended, and forget the logs that nobody has written in for half a day.

    What cannot be put down (too long, a group that is closed) keeps its log.
    """
    with transaction.atomic():
        _forget(NotesLog.objects.exclude(item__minutes__state=MinutesState.DRAFT))
    for item_id in NotesLog.objects.filter(put_down__lt=F("number")).order_by("pk").values_list("item", flat=True):
        with contextlib.suppress(Refused):
            put_down(item_id)
    with transaction.atomic():
        rests = NotesLog.objects.filter(put_down=F("number"), changed_at__lt=now - RESTS_AFTER)
        _forget(NotesLog.objects.filter(pk__in=[log.pk for log in rests.select_for_update()]))


def _require_open(item: MinutesItem, by: Actor) -> None:
    minutes = item.minutes
    require(may_write_minutes(by, minutes.meeting))
    if not minutes.is_draft:
        raise Refused(_("These minutes are frozen; their notes do not change any more."), code="frozen")


def _put_down(held: Minutes, *, item_id: int | None = None) -> None:
    logs = NotesLog.objects.select_for_update(of=("self",)).filter(item__minutes=held).order_by("pk")
    for log in logs.filter(item=item_id) if item_id is not None else logs:
        nudge()
        item = hold_minutes_item(MinutesItem(pk=log.item_id), held)
        document = _follow_item(log, item)
        if log.number == log.put_down:
            continue
        text = document.text.strip()
        if len(text) > LONGEST_NOTES:
            raise Refused(
                _("The notes on “%(title)s” are longer than %(most)d characters. Please shorten them.")
                % {"title": item.title, "most": LONGEST_NOTES},
                code="too_long",
            )
        item = put_down_notes(item, text, by=_who_wrote(log, held))
        log.put_down, log.item_version, log.written_by = log.number, item.version, None
        log.save()


def _who_wrote(log: NotesLog, held: Minutes) -> Actor:
    """Whoever wrote last. They were asked with each change; if they may not any more, the system puts it down."""
    wrote: Person | None = log.written_by
    return wrote if wrote is not None and may_write_minutes(wrote, held.meeting) else system()


def _follow_item(log: NotesLog, item: MinutesItem) -> SharedText:
    """The document, which has taken over what somebody wrote in the item by another way.

    Where something in it is not put down yet, nothing is taken out of it: those words are in neither text before.
    """
    document = SharedText(_updates(log))
    if item.version != log.item_version:
        is_put_down = log.number == log.put_down
        if document.text.strip() != item.notes:
            change = document.take_over(item.notes, only_add=not is_put_down)
            if change:
                _append(log, change)
        if is_put_down:
            log.put_down = log.number
        log.item_version, log.changed_at = item.version, timezone.now()
        log.save()
    return document


def _append(log: NotesLog, update: bytes) -> None:
    log.number += 1
    log.size += len(update)
    NotesUpdate.objects.create(log=log, number=log.number, data=update)


def _squash(log: NotesLog) -> None:
    """One update instead of all, with the number of the last: who has read up to there reads nothing twice."""
    whole = SharedText(_updates(log)).whole
    log.updates.all().delete()
    NotesUpdate.objects.create(log=log, number=log.number, data=whole)
    log.size = len(whole)


def _updates(log: NotesLog) -> list[bytes]:
    return [bytes(data) for data in log.updates.order_by("number").values_list("data", flat=True)]


def _forget(logs: QuerySet[NotesLog]) -> int:
    count = logs.count()
    if count:
        logs.delete()
        nudge()
        transaction.on_commit(_wipe)
    return count


def _wipe() -> None:
    """On SQLite what was deleted stands in the write-ahead log until that is taken in."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
