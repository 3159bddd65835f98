"""Meetings as lines of a list, for one reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.meetings.joint_reading import together_with
from folkmoot.meetings.models import Meeting, Slot
from folkmoot.meetings.wording import series_words, silence_words
from folkmoot.people.reader import Reader
from folkmoot.ui import times


@dataclass(frozen=True)
class Line:
    """A meeting, and its time where it is anchored, if a clock there shows something else.

    `together` names the other groups whose call it is, for the group on whose page it stands. `has_minutes` says that
    everybody can read its minutes.
    """

    meeting: Meeting
    beside: str
    together: str = ""
    has_minutes: bool = False

    @property
    def at(self) -> datetime:
        return self.meeting.starts_at


@dataclass(frozen=True)
class Gap:
    """No call where its series would have one: a holiday or a break."""

    at: datetime
    zone: str
    why: str


def lines(
    meetings: Sequence[Meeting], reader: Reader, *, on: Group, published: Collection[int] = frozenset()
) -> list[Line]:
    """A line for each meeting, in the same order, on the page of a group; needs `joined_groups` at hand.

    `published` are the keys of those whose minutes are published.
    """
    return [
        Line(meeting, _beside(meeting, reader), together_with(meeting, on), meeting.pk in published)
        for meeting in meetings
    ]


def lines_with_gaps(meetings: Sequence[Meeting], reader: Reader, *, on: Group, now: datetime) -> list[Line | Gap]:
    """Lines for coming meetings, and among them where the same series are left out; needs slots and series at hand."""
    found: list[Line | Gap] = [*lines(meetings, reader, on=on)]
    last = max((meeting.starts_at for meeting in meetings), default=now)
    for slot in _slots([one for one in meetings if one.group_id == on.pk]):
        for local, why in slot.excluded.items():
            instant = zones.local_to_utc(local, slot.series.zone).utc
            if now < instant < last:
                found.append(Gap(instant, slot.series.zone, why))
    return sorted(found, key=lambda line: line.at)


def sentences(meetings: Sequence[Meeting], reader: Reader) -> list[str]:
    """Each series among these meetings in words, with what its charter is silent about."""
    of_series: dict[int, list[Slot]] = {}
    for slot in _slots(meetings):
        of_series.setdefault(slot.series_id, []).append(slot)
    return [
        " ".join(filter(None, (series_words(together, reader.clock), silence_words(together[0]))))
        for together in of_series.values()
    ]


def _slots(meetings: Sequence[Meeting]) -> list[Slot]:
    """The slots of which these are meetings, each once."""
    return list({meeting.slot.pk: meeting.slot for meeting in meetings if meeting.slot is not None}.values())


def _beside(meeting: Meeting, reader: Reader) -> str:
    there = times.local(meeting.starts_at, meeting.zone)
    if not reader.zone_known:
        return zones.place(meeting.zone)
    here = times.local(meeting.starts_at, reader.zone)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    return times.at_place(there, meeting.zone, reader.clock, beside=here.date())
