"""Where a call is held, as one reader may know it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q

from folkmoot.meetings.domain.join_links import host_of
from folkmoot.meetings.models import CallPlace, Meeting


@dataclass(frozen=True)
class Where:
    """The place of a call for one reader: with `may_join`, the link and a venue that is not for everyone as well."""

    place: CallPlace
    may_join: bool

    @property
    def join_link(self) -> str:
        return self.place.join_link if self.may_join else ""

    @property
    def host(self) -> str:
        return host_of(self.join_link)

    @property
    def shows_venue(self) -> bool:
        return self.has_venue and (self.place.venue_is_public or self.may_join)

    @property
    def has_venue(self) -> bool:
        return bool(self.place.venue)

    @property
    def keeps_back(self) -> bool:
        """Whether there is something that this reader is not shown."""
        return not self.may_join and bool(self.place.join_link or (self.has_venue and not self.place.venue_is_public))


def place_of_call(meeting: Meeting) -> CallPlace | None:
    """The call's own place, else that of its series; None where nothing was said. One query; needs slot and series."""
    wanted = Q(meeting=meeting)
    if meeting.slot is not None:
        wanted |= Q(group=meeting.group_id, position=meeting.slot.series.position)
    return CallPlace.objects.filter(wanted).order_by(F("meeting").asc(nulls_last=True)).first()


def place_of_series(group_id: int, position: int) -> CallPlace | None:
    """The place of all calls of a series that have none of their own."""
    return CallPlace.objects.filter(group=group_id, position=position).first()
