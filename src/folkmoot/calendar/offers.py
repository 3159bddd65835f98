"""What rooms above tell the calendar when it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from folkmoot.kit.ical import Event
from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person

Occurrence = tuple[str, datetime]
"""A series' UID, and the wall time at which its rule has the occurrence."""


class OccurrencePaths(Protocol):
    """Pages about single occurrences: a path for each of those asked for that has one."""

    def __call__(self, wanted: Collection[Occurrence], /) -> Mapping[Occurrence, str]: ...


@dataclass(frozen=True)
class PrivateDetails:
    """What only the people of the groups that hold something may know of it: where it is, and words about that."""

    location: str
    words: str


class PrivateDetailsOf(Protocol):
    """What is private of these items, by their `source`.

    Whoever asks has made sure that the reader takes part in a group that holds each of them.
    """

    def __call__(self, sources: Collection[str], /) -> Mapping[str, PrivateDetails]: ...


private_details: Final[Registry[PrivateDetailsOf]] = Registry("private details of calendar items")
"""By room, which is the first part of an item's `source`."""

occurrence_paths: Final[Registry[OccurrencePaths]] = Registry("way to an occurrence's page")
"""By room, which is the first part of an item's `source`."""


class OwnEvents(Protocol):
    """What concerns one person alone and stands in their own feed: the present and the future, and a while back.

    Without details it tells neither where something is, nor with whom, nor what about. One query each.
    """

    def __call__(self, person: Person, /, *, has_details: bool) -> Sequence[Event]: ...


own_events: Final[Registry[OwnEvents]] = Registry("things in people's own feeds")
"""By room and part, such as `connections.office_hours`."""
