"""Telling people what a change of regular calls means by their own clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor, system
from folkmoot.meetings.actions.telling import tell_groups
from folkmoot.meetings.joint_reading import groups_at
from folkmoot.meetings.models import OWN_FROM, Meeting
from folkmoot.meetings.notices import CallsBack, CallsChanged, CallsLeftOut, CallsShifted
from folkmoot.meetings.wording import calls_words
from folkmoot.organisation.queries import today_here

LOOKED_AHEAD = timedelta(days=400)
MOST_OF_A_SLOT = 400


@dataclass(frozen=True)
class Coming:
    """The regular calls to come in one place among a group's series: instants, each with how long it lasts."""

    title: str
    words: str
    calls: tuple[tuple[datetime, timedelta], ...]


def coming_calls(group: Group) -> dict[int, Coming]:
    """The regular calls of the coming year by the place of their series; two queries. Moves by hand do not count."""
    now = timezone.now()
    found: dict[int, list[tuple[datetime, timedelta]]] = {}
    said: dict[int, tuple[str, str]] = {}
    running = group.series.exclude(ends_on__lt=now.date() - timedelta(days=1)).prefetch_related("slots")
    for series in running.order_by("position", "pk"):
        slots = list(series.slots.all())
        for slot in slots:
            slot.series = series
            excluded = slot.excluded
            found.setdefault(series.position, []).extend(
                (one.utc, series.duration)
                for one in slot.plan.occurrences(now, now + LOOKED_AHEAD, limit=MOST_OF_A_SLOT)
                if one.local not in excluded
            )
        said[series.position] = series.title, calls_words(slots)
    return {position: Coming(*said[position], tuple(sorted(calls))) for position, calls in found.items()}


def tell_changed_calls(group: Group, before: Mapping[int, Coming], after: Mapping[int, Coming], *, by: Actor) -> None:
    """Tell a group of regular calls that are otherwise than before, that are new besides others, or that end.

    The first calls of a group are no news: they come with its charter.
    """
    for position in sorted(before.keys() | after.keys()):
        old = before.get(position, Coming("", "", ()))
        new = after.get(position, Coming(old.title, "", ()))
        if old.calls == new.calls or not (before or position >= OWN_FROM):
            continue
        differ = {*old.calls} ^ {*new.calls}
        since = min(differ)[0]
        was = tuple(instant for instant, _length in old.calls if instant >= since)
        now = tuple(instant for instant, _length in new.calls if instant >= since)
        lasts = next((length for instant, length in new.calls if instant >= since), timedelta())
        lasted = next((length for instant, length in old.calls if instant >= since), lasts)
        notice = CallsChanged(
            group=group,
            title=new.title,
            was_words=old.words,
            now_words=new.words if now else "",
            was=was[:1],
            now=now[:4],
            since=since,
            lasts=lasts if lasts != lasted else None,
        )
        tell_groups(groups_at(group, position, today=today_here()), notice, by=by)


def tell_left_out(
    group: Group, before: Mapping[int, Coming], after: Mapping[int, Coming], *, why: str, by: Actor
) -> None:
    """Tell a group, in one notice, which of its calls are left out from now on, or take place after all."""
    for position in sorted(before.keys() | after.keys()):
        old = {instant for instant, _length in before[position].calls} if position in before else set()
        new = {instant for instant, _length in after[position].calls} if position in after else set()
        title = (after.get(position) or before[position]).title
        groups = groups_at(group, position, today=today_here()) if old != new else []
        if old - new:
            tell_groups(groups, CallsLeftOut(group, title, tuple(sorted(old - new)), why), by=by)
        if new - old:
            tell_groups(groups, CallsBack(group, title, tuple(sorted(new - old)), ""), by=by)


def tell_shifted(group: Group, shifted: Mapping[str, Sequence[tuple[Meeting, datetime]]]) -> None:
    """Tell a group, once for each zone, that its calls keep their time there and so are at another one elsewhere.

    `shifted` has the meetings of each zone with the instants at which they were to be.
    """
    for zone, meetings in shifted.items():
        ahead = [(meeting, was) for meeting, was in meetings if meeting.is_planned]
        if ahead:
            first, was = min(ahead, key=lambda one: one[0].starts_at)
            notice = CallsShifted(group, "", was=was, now=first.starts_at, zone=zone, count=len(ahead))
            joined = {one.pk: one for meeting, _was in ahead for one in meeting.joined}
            tell_groups([group, *joined.values()], notice, by=system())
