"""What is left over when a call is past, and what a group usually talks about: both come to the next agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction

from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.agenda import hold_agenda, record_item, touch
from folkmoot.meetings.actions.agenda_usual import items_of_template
from folkmoot.meetings.agenda_reading import next_call_after
from folkmoot.meetings.agenda_rules import may_lead_agenda
from folkmoot.meetings.domain.agenda import place_for_new
from folkmoot.meetings.facts import AgendaFilled, AgendaItemCarried, AgendaItemFinished
from folkmoot.meetings.going_on import goes_on
from folkmoot.meetings.models import AgendaItem, AgendaTemplate, ItemState, Material, MaterialState, Meeting, Status

OPEN = (ItemState.ACCEPTED, ItemState.REQUESTED)
ADDRESSES_KEPT = timedelta(days=30)


@transaction.atomic
def carry_over(meeting: Meeting, *, now: datetime, by: Actor) -> int:
    """Take what was not dealt with on a past call to the next one, and return how many items that were.

    What passed together is done. Usual items come by themselves. Requests that nobody answered move along. Each item
    goes once; done twice, nothing happens. Where no next call is planned, or this one runs late, all of it waits.
    """
    if not is_open_for_work(meeting.group) or not is_past(meeting, now=now) or goes_on(meeting):
        return 0
    hold_agenda(meeting, while_open=False)
    left = list(
        meeting.agenda_items.filter(state__in=OPEN, is_usual=False)
        .select_related("meeting__group", "owner")
        .order_by("position", "pk")
    )
    if meeting.is_planned:
        for item in [one for one in left if one.is_consent and one.state == ItemState.ACCEPTED]:
            left.remove(item)
            item.state = ItemState.DONE
            item.version += 1
            item.save(update_fields=["state", "version", "changed_at"])
            record_item(AgendaItemFinished, item, by=by)
    later = next_call_after(meeting, now=now) if left else None
    if later is None:
        return 0
    hold_agenda(later)
    made = [_move(item, later) if item.is_requested else _carry(item, later) for item in left]
    _place(later, made)
    for item, new in zip(left, made, strict=True):
        record(AgendaItemCarried(item.pk, new.pk, later.pk, item.title), by=by, on=item, within=meeting.group)
    touch(later)
    return len(made)


def is_past(meeting: Meeting, *, now: datetime) -> bool:
    """Whether a call is over, or will not be: then what stands on its agenda goes on elsewhere."""
    return meeting.is_dropped or meeting.ends_at <= now


@transaction.atomic
def fill_agenda(meeting: Meeting, template: AgendaTemplate | None, *, by: Actor) -> int:
    """Put a group's usual items on a call's agenda, once; without a template, those with which a group begins.

    They come first, and what closes a call last. Returns how many. Refused `forbidden`, `closed`.
    """
    require(may_lead_agenda(by, meeting))
    agenda = hold_agenda(meeting)
    if agenda.is_filled:
        return 0
    usual = items_of_template(template, meeting)
    present = list(meeting.agenda_items.exclude(state=ItemState.REMOVED).order_by("position", "pk"))
    AgendaItem.objects.bulk_create(usual)
    first = [item for item in usual if not item.at_end]
    last = [item for item in usual if item.at_end]
    _number([*first, *present, *last])
    agenda.is_filled, agenda.version = True, agenda.version + 1
    agenda.save(update_fields=["is_filled", "version"])
    record(AgendaFilled(meeting.pk, len(usual)), by=by, on=meeting, within=meeting.group)
    return len(usual)


def prepare_agendas(*, now: datetime, by: Actor) -> int:
    """For all groups: carry over from past calls, lay out usual agendas whose day has come, forget guests' addresses.

    Returns how many items came to an agenda. Each call is a transaction of its own.
    """
    count = 0
    for meeting in _with_leftovers(now):
        count += carry_over(meeting, now=now, by=by)
    for template in AgendaTemplate.objects.exclude(days_before=0).select_related("group"):
        if not is_open_for_work(template.group):
            continue
        coming = Meeting.objects.filter(
            group_id=template.group_id,
            slot__isnull=False,
            status=Status.PLANNED,
            starts_at__gt=now,
            starts_at__lte=now + timedelta(days=template.days_before),
        ).exclude(agenda__is_filled=True)
        for meeting in coming.select_related("group", "slot__series"):
            count += fill_agenda(meeting, template, by=by)
    AgendaItem.objects.filter(meeting__ends_at__lte=now - ADDRESSES_KEPT).exclude(asker_mail="").update(asker_mail="")
    return count


def _with_leftovers(now: datetime) -> models.QuerySet[Meeting]:
    left = AgendaItem.objects.filter(state__in=OPEN, is_usual=False)
    return (
        Meeting.objects.filter(
            models.Q(ends_at__lte=now) | models.Q(status=Status.DROPPED), pk__in=left.values("meeting")
        )
        .select_related("group", "slot__series")
        .order_by("starts_at", "pk")
    )


def _carry(item: AgendaItem, later: Meeting) -> AgendaItem:
    new = AgendaItem.objects.create(
        meeting=later,
        title=item.title,
        text=item.text,
        minutes=item.minutes,
        kind=item.kind,
        owner=item.owner,
        owner_name=item.owner_name,
        objective=item.objective,
        objective_anchor=item.objective_anchor,
        asked_by_id=item.asked_by_id,
        asker_name=item.asker_name,
        asker_mail=item.asker_mail,
        carried_from=item,
        times_carried=item.times_carried + 1,
        is_consent=item.is_consent,
        was_taken_out=item.was_taken_out,
    )
    for material in item.materials.exclude(state=MaterialState.DECLINED):
        copy_material(material, new)
    item.state = ItemState.CARRIED
    item.version += 1
    item.save(update_fields=["state", "version", "changed_at"])
    return new


def copy_material(material: Material, item: AgendaItem) -> None:
    """The same thing to read for another item."""
    proposed_at = material.proposed_at
    material.pk, material._state.adding, material.item = None, True, item
    material.save()
    Material.objects.filter(pk=material.pk).update(proposed_at=proposed_at)


def _move(item: AgendaItem, later: Meeting) -> AgendaItem:
    item.meeting = later
    item.version += 1
    item.save(update_fields=["meeting", "version", "changed_at"])
    return item


def _place(later: Meeting, made: list[AgendaItem]) -> None:
    """Carried items come before what closes the call, in the order they had."""
    new = {item.pk for item in made}
    present = [
        item
        for item in later.agenda_items.exclude(state=ItemState.REMOVED).order_by("position", "pk")
        if item.pk not in new
    ]
    place = place_for_new(item.at_end for item in present)
    _number([*present[:place], *made, *present[place:]])


def _number(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
