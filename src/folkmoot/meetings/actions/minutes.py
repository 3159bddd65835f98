"""Writing minutes: the draft, the notes on each item, and what everybody may read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.queries import entries_on
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.agenda_reading import items_on
from folkmoot.meetings.being_written import put_down_first
from folkmoot.meetings.facts import MinutesBegun, MinutesCustomSet, MinutesItemChanged, MinutesLevelSet
from folkmoot.meetings.minutes_reading import custom_of, is_under_rule
from folkmoot.meetings.minutes_rules import may_lead_minutes, may_set_minutes_custom, may_write_minutes, takes_minutes
from folkmoot.meetings.models import (
    LONGEST_NOTES,
    ApprovalWay,
    Level,
    Meeting,
    Minutes,
    MinutesCustom,
    MinutesItem,
)
from folkmoot.meetings.opening import under_chatham_house_rule
from folkmoot.plan import entered
from folkmoot.plan.who import author

MOST_ITEMS = 100
MOST_DAYS = 60
TOLD_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class NotesWords:
    """What somebody wrote on an item: its title, and the notes as Markdown."""

    title: str
    notes: str = ""


@transaction.atomic
def begin_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """Lay out the draft: an item for everything on the agenda. What is there already stays, and what is new is added.

    A call under the Chatham House Rule begins at that level, others as the group has it. Refused `forbidden`, `closed`
    (the group), `not_now` for a call that has not begun or does not take place.
    """
    hold_group(meeting.group)
    held, now = hold_call(meeting), timezone.now()
    require(may_write_minutes(by, held))
    if not (verdict := takes_minutes(held, now=now)):
        raise Refused(verdict.reason, code="not_now")
    custom = custom_of(held.group)
    level = Level.CHATHAM if custom.level == Level.OPEN and under_chatham_house_rule(held) else custom.level
    minutes, is_new = Minutes.objects.get_or_create(
        meeting=held,
        defaults={"level": level, "way": custom.way, "days": custom.days, "began_by": author(by)},
    )
    minutes.meeting = held
    if minutes.is_draft:
        _lay_out(minutes, by)
    if is_new:
        record(MinutesBegun(meeting_id=held.pk), by=by, on=held, within=held.group)
    return minutes


@transaction.atomic
def add_minutes_item(minutes: Minutes, words: NotesWords, *, by: Actor) -> MinutesItem:
    """Add an item for what came up on the call. Refused `forbidden`, `frozen`, `too_many`, `invalid`."""
    held = hold_draft(minutes, by=by)
    if held.items.count() >= MOST_ITEMS:
        raise Refused(_("These minutes have very many items already."), code="too_many")
    last = held.items.order_by("-position").values_list("position", flat=True).first()
    item = MinutesItem.objects.create(
        minutes=held,
        position=0 if last is None else last + 1,
        title=entered.title(words.title),
        notes=entered.words(words.notes, LONGEST_NOTES),
        changed_by=author(by),
    )
    _record_change(item, by)
    return item


@transaction.atomic
def change_minutes_item(item: MinutesItem, words: NotesWords, *, version: int, by: Actor) -> MinutesItem:
    """Change the notes on an item; nothing is told when nothing changes.

    `version` is the one that was seen. Refused `stale` where somebody was quicker, so that nothing of either is lost;
    `forbidden`, `frozen` once the minutes lie open or are approved, `invalid`.
    """
    held = hold_draft(item.minutes, by=by)
    put_down_first(held)
    item = hold_minutes_item(item, held)
    if item.version != version:
        raise Refused(_("Somebody has changed these notes since you opened them."), code="stale")
    title, notes = entered.title(words.title), entered.words(words.notes, LONGEST_NOTES)
    if (item.title, item.notes) == (title, notes):
        return item
    item.title, item.notes, item.changed_by = title, notes, author(by)
    item.version += 1
    item.save(update_fields=["title", "notes", "version", "changed_by", "changed_at"])
    _record_change(item, by)
    return item


@transaction.atomic
def put_down_notes(item: MinutesItem, notes: str, *, by: Actor) -> MinutesItem:
    """Let the notes on an item say what those who write them together have written; `by` wrote last.

    It is told once in ten minutes for each of them, for they write on. Refused `forbidden`, `frozen`, `invalid`.
    """
    held = hold_draft(item.minutes, by=by)
    item = hold_minutes_item(item, held)
    notes = entered.words(notes, LONGEST_NOTES)
    if item.notes == notes:
        return item
    item.notes, item.changed_by = notes, author(by)
    item.version += 1
    item.save(update_fields=["notes", "version", "changed_by", "changed_at"])
    lately = entries_on(held.meeting).filter(
        kind=MinutesItemChanged.kind,
        actor=author(by),
        happened_at__gt=timezone.now() - TOLD_AGAIN,
        payload__minutes_item_id=item.pk,
    )
    if not lately.exists():
        _record_change(item, by)
    return item


@transaction.atomic
def set_level(minutes: Minutes, level: str, *, item: MinutesItem | None = None, by: Actor) -> None:
    """Say what everybody may read of minutes, or of one item of them (empty: as the minutes).

    Refused `forbidden`, `invalid`, `published`, and `under_rule` for an open level on a call under the Chatham House
    Rule: those who were there relied on it.
    """
    held = hold_minutes(minutes)
    require(may_lead_minutes(by, held.meeting))
    if held.is_published:
        raise Refused(_("These minutes are published; what was read cannot be taken back."), code="published")
    if level not in Level.values and not (item is not None and level == ""):
        raise Refused(_("Minutes are open, under the Chatham House Rule, or private."), code="invalid")
    if level == Level.OPEN and is_under_rule(held):
        raise Refused(
            _("This call was held under the Chatham House Rule, so nothing of it is published with names."),
            code="under_rule",
        )
    if item is None:
        if held.level == level:
            return
        held.level = level
        held.save(update_fields=["level"])
    else:
        item = hold_minutes_item(item, held)
        if item.level == level:
            return
        item.level = level
        item.save(update_fields=["level"])
    record(
        MinutesLevelSet(meeting_id=held.pk, minutes_item_id=item.pk if item else None, level=level),
        by=by,
        on=held.meeting,
        within=held.meeting.group,
    )


@transaction.atomic
def set_minutes_custom(group: Group, *, level: str, way: str, days: int, by: Actor) -> MinutesCustom:
    """Say how a group does its minutes from now on; those that have begun stay as they are. Refused `invalid`."""
    hold_group(group)
    require(may_set_minutes_custom(by, group))
    if level not in Level.values or way not in ApprovalWay.values or not 1 <= days <= MOST_DAYS:
        raise Refused(_("Please choose what is offered; silence lasts from 1 to 60 days."), code="invalid")
    custom = custom_of(group)
    if custom.pk and (custom.level, custom.way, custom.days) == (level, way, days):
        return custom
    custom.level, custom.way, custom.days = level, way, days
    custom.save()
    record(MinutesCustomSet(level=level, way=way, days=days), by=by, on=group, within=group)
    return custom


def hold_minutes(minutes: Minutes) -> Minutes:
    """The minutes as they stand now, with their call; nobody else changes them until this transaction ends.

    Refused `closed` for a group that is closed.
    """
    hold_group(minutes.meeting.group)
    Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
    return Minutes.objects.select_related("meeting__group").get(pk=minutes.pk)


def hold_draft(minutes: Minutes, *, by: Actor) -> Minutes:
    """The same, for whoever may write in them. Refused `forbidden`, `frozen`."""
    held = hold_minutes(minutes)
    require(may_write_minutes(by, held.meeting))
    if held.is_proposed:
        raise Refused(
            _("These minutes lie open for approval. Ask for a change, and they are a draft again."), code="frozen"
        )
    if held.is_frozen:
        raise Refused(
            _("These minutes are approved. Those who lead the group can correct them in sight."), code="frozen"
        )
    return held


def hold_minutes_item(item: MinutesItem, held: Minutes) -> MinutesItem:
    """The item as it stands now, with minutes that are held."""
    found = MinutesItem.objects.get(pk=item.pk, minutes=held)
    found.minutes = held
    return found


def _lay_out(minutes: Minutes, by: Actor) -> None:
    """Add an item for everything on the agenda that has none, in its order, behind those there are."""
    there = list(minutes.items.values_list("agenda_item", "position"))
    known, first = {pk for pk, _place in there}, max((place for _pk, place in there), default=-1) + 1
    new = [item for item in items_on(minutes.meeting) if item.pk not in known]
    MinutesItem.objects.bulk_create(
        MinutesItem(minutes=minutes, agenda_item=item, position=first + place, title=item.title, changed_by=author(by))
        for place, item in enumerate(new)
    )


def _record_change(item: MinutesItem, by: Actor) -> None:
    meeting = item.minutes.meeting
    record(
        MinutesItemChanged(meeting_id=meeting.pk, minutes_item_id=item.pk, version=item.version),
        by=by,
        on=meeting,
        within=meeting.group,
    )
