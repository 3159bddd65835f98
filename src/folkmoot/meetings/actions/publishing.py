"""What the calendar is told of a series and of single meetings."""

from __future__ import annotations

from django.urls import reverse

from folkmoot.calendar.actions import Published, publish, withdraw
from folkmoot.calendar.queries import has_item
from folkmoot.groups.models import Group
from folkmoot.kit.recurrence import to_rrule
from folkmoot.meetings.joint_reading import agreed_on, parts_of_slot, spans_words
from folkmoot.meetings.models import Meeting, Slot
from folkmoot.meetings.queries import for_calendar
from folkmoot.meetings.where import place_of_call, place_of_series
from folkmoot.meetings.wording import series_words, silence_words
from folkmoot.organisation.queries import today_here


def one_at_a_time(group: Group) -> None:
    """Let one transaction at a time change what a group has planned.

    So nobody decides on what another is just changing, and the rows of the calendar are always locked in the
    same order. SQLite has one writer at a time anyway.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def publish_slot(slot: Slot) -> None:
    """Bring a slot's series into the calendar, or out of it when an amended charter left none of its days."""
    series, plan = slot.series, slot.plan
    if plan.is_empty:
        withdraw(slot.uid)
        return
    place = place_of_series(series.group_id, series.position)
    agreed = agreed_on(series.group_id, series.position)
    together = spans_words(agreed, today=today_here())
    publish(
        Published(
            uid=slot.uid,
            summary=f"{series.title} · {series.group.name}" if series.title else series.group.name,
            description="\n".join(filter(None, (series_words([slot]), silence_words(slot), together))),
            exdates=tuple(slot.excluded),
            starts=plan.starts,
            zone=series.zone,
            duration=series.duration,
            rule=to_rrule(plan.rule, at=plan.at, zone_name=series.zone),
            location=place.public_location if place else "",
            path=reverse("group_meetings", args=[series.group.slug]),
            group=series.group,
            source=f"meetings.slot:{slot.pk}",
            also=parts_of_slot(slot, agreed),
        )
    )


def publish_meeting(meeting: Meeting) -> None:
    """Bring one meeting into the calendar: a changed occurrence of its slot, or a meeting called besides."""
    publish(for_calendar(meeting, place_of_call(meeting)))


def stands_alone(meeting: Meeting) -> bool:
    """Whether calendars have this meeting by itself, rather than by the rule of its series."""
    return meeting.slot is None or has_item(meeting.slot.uid, meeting.original)
