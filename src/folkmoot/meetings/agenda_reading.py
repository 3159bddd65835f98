"""Finding agendas and what stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Prefetch, QuerySet

from folkmoot.groups.models import Group
from folkmoot.meetings.models import (
    Agenda,
    AgendaItem,
    AgendaLink,
    AgendaTemplate,
    ItemState,
    Material,
    MaterialState,
    Meeting,
    MinutesItem,
    Status,
)
from folkmoot.plan.models import Task, TaskState

ON_IT = (ItemState.ACCEPTED, ItemState.DONE, ItemState.CARRIED)
"""What everybody sees of an agenda, also of one that is past."""


def agenda_of(meeting: Meeting) -> Agenda:
    """The agenda of a call; one that was never touched is made up and not kept."""
    return Agenda.objects.filter(meeting=meeting).first() or Agenda(meeting=meeting)


def items_on(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What stands on a call's agenda, in its order."""
    return (
        AgendaItem.objects.filter(meeting=meeting, state__in=ON_IT)
        .select_related("owner", "carried_from__meeting")
        .order_by("position", "pk")
    )


def known_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """For people in the group: that, and what is asked for, with all that was proposed to read."""
    return (
        AgendaItem.objects.filter(meeting=meeting, state__in=(*ON_IT, ItemState.REQUESTED))
        .select_related("owner", "asked_by", "carried_from__meeting")
        .prefetch_related(
            Prefetch("materials", Material.objects.exclude(state=MaterialState.DECLINED).select_related("upload"))
        )
        .order_by("position", "pk")
    )


def with_readings(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """The items with what everybody may read for them."""
    accepted = Material.objects.filter(state=MaterialState.ACCEPTED).select_related("upload")
    return items.prefetch_related(Prefetch("materials", accepted))


def item_numbered(pk: int) -> AgendaItem | None:
    """An item with its call, group and people."""
    return (
        AgendaItem.objects.select_related(
            "meeting__group", "meeting__slot__series", "owner", "asked_by", "changed_by", "carried_from__meeting"
        )
        .filter(pk=pk)
        .first()
    )


def open_actions(group: Group) -> QuerySet[Task]:
    """The open tasks that came from the agendas and minutes of a group's calls, the most pressing first."""
    kinds = ContentType.objects.get_for_models(AgendaItem, MinutesItem).values()
    return (
        Task.objects.filter(group=group, state=TaskState.OPEN, source_type__in=kinds)
        .select_related("owner", "offered_to")
        .order_by(F("due_on").asc(nulls_last=True), "position", "pk")
    )


def actions_of(items: Sequence[AgendaItem]) -> dict[int, list[Task]]:
    """The tasks that came from each item, by the item's key, in one query."""
    found: dict[int, list[Task]] = {}
    wanted = Task.objects.filter(
        source_type=ContentType.objects.get_for_model(AgendaItem), source_id__in=[item.pk for item in items]
    )
    for task in wanted.select_related("owner", "offered_to").order_by("position", "pk"):
        found.setdefault(task.source_id or 0, []).append(task)
    return found


def next_call_after(meeting: Meeting, *, now: datetime) -> Meeting | None:
    """The coming call to which goes what was left over: of the same series if there is one, else of the group."""
    coming = (
        Meeting.objects.filter(group=meeting.group, status=Status.PLANNED, starts_at__gt=max(now, meeting.starts_at))
        .exclude(pk=meeting.pk)
        .select_related("group", "slot__series")
        .order_by("starts_at", "pk")
    )
    if meeting.slot is not None:
        same = coming.filter(slot__series__position=meeting.slot.series.position).first()
        if same is not None:
            return same
    return coming.first()


def usual_agenda(group: Group) -> AgendaTemplate | None:
    """What a group usually talks about; None while it has not said so."""
    return AgendaTemplate.objects.filter(group=group).first()


def open_link(meeting: Meeting) -> AgendaLink | None:
    """The link for guests that was not taken back."""
    return AgendaLink.objects.filter(meeting=meeting, revoked_at=None).select_related("made_by").first()
