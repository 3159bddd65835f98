"""What the calls of the past year cost those who come to them: one's own, and of the others only sums.

Those of groups that joined a call are counted for it as well.

By the zone and the hours that everybody has today: where somebody lived before is not kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from folkmoot.groups.models import Group, Participation
from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times import USUAL_SCALE, Level, level_of_call
from folkmoot.meetings.fair_times_reading import COMES, FEWEST, Member, member_of
from folkmoot.meetings.models import FairPromise, Meeting, Status

YEAR: Final = timedelta(days=365)
MOST_CALLS: Final = 120
"""The newest are looked at where a year has more."""


@dataclass(frozen=True)
class Borne:
    """What calls cost one person while they took part."""

    calls: int = 0
    early_or_late: int = 0
    """At night among them."""
    at_night: int = 0
    burden: int = 0


@dataclass(frozen=True)
class Together:
    """What they cost everybody; only for `FEWEST` people and more."""

    people: int
    calls: int
    average: int
    """How many calls early, late or at night somebody had on average, rounded."""
    most: int
    """How many whoever had it hardest had."""


@dataclass(frozen=True)
class Kept:
    """A promise held against the calls since."""

    promise: FairPromise
    held: int
    most: int
    """How many calls early, late or at night whoever had it hardest had so far."""

    @property
    def is_kept(self) -> bool:
        return self.most <= self.promise.most

    @property
    def is_over(self) -> bool:
        return self.held >= self.promise.calls


@dataclass(frozen=True)
class Ledger:
    """The burden of the past year: of the reader, of all together, and whether the last promise was kept."""

    own: Borne | None
    together: Together | None
    kept: Kept | None


@dataclass(frozen=True)
class _Stay:
    """Somebody who came to the calls of a group, from one instant to another."""

    group_id: int
    member: Member
    since: datetime
    until: datetime | None


def burden_of_year(group: Group, *, reader_id: int | None, now: datetime) -> Ledger:
    """The burden of a group's calls of the past year; five queries.

    Calls that were made for minutes from elsewhere are left out: the hour of many of them is not known.
    """
    held = group.meetings.filter(status=Status.PLANNED, ends_at__lte=now, starts_at__gt=now - YEAR)
    held = held.exclude(slot=None, minutes__brought_in_at__isnull=False)
    newest = held.select_related("slot__series").prefetch_related("joinings").order_by("-starts_at", "-pk")
    meetings = list(newest[:MOST_CALLS])
    stays = _stays({one for meeting in meetings for one in _groups_of(meeting)} | {group.pk}, now - YEAR)
    borne = _borne(meetings, stays)
    enough = len(borne) >= FEWEST
    return Ledger(
        own=borne.get(reader_id) if reader_id is not None else None,
        together=_together(meetings, borne) if enough and meetings else None,
        kept=_kept(group, meetings, stays, now) if enough else None,
    )


def _groups_of(meeting: Meeting) -> set[int]:
    """The groups whose call it was; `joinings` are at hand."""
    return {meeting.group_id} | {one.group_id for one in meeting.joinings.all()}


def _stays(groups: set[int], since: datetime) -> list[_Stay]:
    coming = Participation.objects.filter(group__in=groups, role__power__in=COMES, person__is_active=True)
    rows = coming.exclude(ended_at__lt=since)
    return [
        _Stay(row.group_id, member_of(row.person), row.began_at, row.ended_at)
        for row in rows.select_related("person__profile", "person__comfortable_hours")
        if row.person.zone
    ]


def _borne(meetings: Sequence[Meeting], stays: Sequence[_Stay]) -> dict[int, Borne]:
    whose = {meeting.pk: _groups_of(meeting) for meeting in meetings}
    levels: dict[int, dict[int, Level]] = defaultdict(dict)
    for stay in stays:
        for meeting in meetings:
            was_there = stay.since <= meeting.starts_at and (stay.until is None or meeting.starts_at < stay.until)
            # Whoever is in two of the groups comes once.
            of_person = levels[stay.member.person_id]
            if was_there and stay.group_id in whose[meeting.pk] and meeting.pk not in of_person:
                of_person[meeting.pk] = _level(meeting, stay.member)
    return {
        person_id: Borne(
            calls=len(of_person),
            early_or_late=sum(level >= Level.UNSOCIABLE for level in of_person.values()),
            at_night=sum(level is Level.NIGHT for level in of_person.values()),
            burden=sum(map(USUAL_SCALE.cost, of_person.values())),
        )
        for person_id, of_person in levels.items()
        if of_person
    }


def _level(meeting: Meeting, member: Member) -> Level:
    local = meeting.starts_at.astimezone(zones.zone(member.zone))
    minute = (local.weekday() * 24 + local.hour) * 60 + local.minute
    return level_of_call(USUAL_SCALE, member.hours, minute, round(meeting.duration.total_seconds() / 60))


def _together(meetings: Sequence[Meeting], borne: dict[int, Borne]) -> Together:
    counts = [one.early_or_late for one in borne.values()]
    return Together(len(counts), len(meetings), round(sum(counts) / len(counts)), max(counts))


def _kept(group: Group, meetings: Sequence[Meeting], stays: Sequence[_Stay], now: datetime) -> Kept | None:
    promise = FairPromise.objects.filter(group=group, from_day__lte=now.date()).order_by("-from_day", "-pk").first()
    if promise is None:
        return None
    since = [
        meeting
        for meeting in reversed(meetings)
        if meeting.slot is not None
        and meeting.slot.series.position == promise.position
        and meeting.starts.date() >= promise.from_day
    ][: promise.calls]
    most = max((one.early_or_late for one in _borne(since, stays).values()), default=0)
    return Kept(promise, len(since), most)
