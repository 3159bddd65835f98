"""Finding meetings. All of them are public."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from folkmoot.calendar.offers import Occurrence
from folkmoot.calendar.planned import AlsoIn, Published
from folkmoot.groups.models import Group
from folkmoot.kit.zones import Drift, drift
from folkmoot.meetings.joint_reading import calls_of, together_words
from folkmoot.meetings.models import CallPlace, JoinedMeeting, Meeting, Status

# Clocks of any two places drift apart and together within a year.
DRIFT_LOOKED_AT = timedelta(days=400)


def _with_series() -> models.QuerySet[Meeting]:
    return Meeting.objects.select_related("group", "slot__series")


def _in_sight() -> models.QuerySet[Meeting]:
    return _with_series().exclude(status=Status.DROPPED)


def meeting_numbered(pk: int) -> Meeting | None:
    """A meeting with its group, slot and series, also when it is no longer planned."""
    return _with_series().filter(pk=pk).first()


def upcoming_meetings(group: Group, *, now: datetime) -> models.QuerySet[Meeting]:
    """What is under way or to come, cancelled and joined ones too, in order of time; one query more for who joins."""
    found = _in_sight().prefetch_related("joined_groups")
    return found.filter(calls_of([group]), ends_at__gt=now).order_by("starts_at", "pk")


def past_meetings(group: Group, *, now: datetime) -> models.QuerySet[Meeting]:
    """What is over, newest first, with what the group joined."""
    found = _in_sight().prefetch_related("joined_groups")
    return found.filter(calls_of([group]), ends_at__lte=now).order_by("-starts_at", "-pk")


def next_meetings(groups: Iterable[Group], *, now: datetime, count: int = 1) -> dict[int, list[Meeting]]:
    """The next meetings that each group hosts or joins and that take place or are under way, by the group's key.

    Two queries. What two of these groups hold together is there for each of them.
    """
    groups = list(groups)
    numbered = (
        _with_series()
        .filter(group__in=groups, ends_at__gt=now, status=Status.PLANNED)
        .annotate(
            place_in_line=Window(RowNumber(), partition_by=F("group"), order_by=[F("starts_at").asc(), F("pk").asc()])
        )
        .filter(place_in_line__lte=count)
        .order_by("starts_at", "pk")
    )
    found: dict[int, list[Meeting]] = {}
    for meeting in numbered:
        found.setdefault(meeting.group_id, []).append(meeting)
    joined = (
        JoinedMeeting.objects.filter(group__in=groups, meeting__ends_at__gt=now, meeting__status=Status.PLANNED)
        .annotate(
            place_in_line=Window(
                RowNumber(),
                partition_by=F("group"),
                order_by=[F("meeting__starts_at").asc(), F("meeting").asc()],
            )
        )
        .filter(place_in_line__lte=count)
        .select_related("meeting__group", "meeting__slot__series")
    )
    for row in joined:
        found.setdefault(row.group_id, []).append(row.meeting)
    return {key: sorted(meetings, key=lambda one: (one.starts_at, one.pk))[:count] for key, meetings in found.items()}


def neighbours(meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
    """The group's meetings before and after this one, in one query."""
    order = {"group_id": meeting.group_id}
    before = _ids(order, starts_at__lt=meeting.starts_at).order_by("-starts_at", "-pk")[:1]
    after = _ids(order, starts_at__gt=meeting.starts_at).order_by("starts_at", "pk")[:1]
    both = _with_series().filter(models.Q(pk__in=before) | models.Q(pk__in=after))
    earlier = later = None
    for one in both:
        if one.starts_at < meeting.starts_at:
            earlier = one
        else:
            later = one
    return earlier, later


def _ids(order: Mapping[str, int], **where: datetime) -> models.QuerySet[Meeting, int]:
    return Meeting.objects.exclude(status=Status.DROPPED).filter(**order, **where).values_list("pk", flat=True)


def for_calendar(meeting: Meeting, place: CallPlace | None) -> Published:
    """A meeting as calendars are told of it: an occurrence of its slot's series, or a time of its own."""
    title = meeting.title
    return Published(
        uid=meeting.slot.uid if meeting.slot else meeting.uid,
        recurrence_id=meeting.original,
        summary=f"{title} · {meeting.group.name}" if title else meeting.group.name,
        description="\n".join(filter(None, (together_words(meeting.joined), meeting.why))),
        starts=meeting.starts,
        fold=meeting.fold,
        zone=meeting.zone,
        duration=meeting.duration,
        location=place.public_location if place else "",
        path=meeting.get_absolute_url(),
        group=meeting.group,
        source=f"meetings.meeting:{meeting.pk}",
        is_cancelled=not meeting.is_planned,
        also=tuple(map(AlsoIn, meeting.joined)),
    )


def drift_for(meeting: Meeting, zone: str) -> Drift | None:
    """From which call of its series on a reader's clock shows another time; None for what was moved or is extra."""
    if meeting.slot is None or meeting.original is None or meeting.is_moved:
        return None
    plan = meeting.slot.plan
    return drift(plan.occurrences(meeting.starts_at, meeting.starts_at + DRIFT_LOOKED_AT, limit=400), plan.zone, zone)


def paths_of(wanted: Collection[Occurrence], /) -> dict[Occurrence, str]:
    """The pages of those occurrences of our series that have been made already; for the calendar."""
    originals: Sequence[datetime] = sorted(original for _uid, original in wanted)
    if not originals:
        return {}
    made = (
        Meeting.objects.filter(
            slot__uid__in={uid for uid, _original in wanted}, original__range=(originals[0], originals[-1])
        )
        .only("pk", "original", "slot__uid")
        .select_related("slot")
    )
    return {
        (meeting.slot.uid, meeting.original): meeting.get_absolute_url()
        for meeting in made
        if meeting.slot is not None and meeting.original is not None
    }
