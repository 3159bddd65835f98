"""What rooms above tell the calendar when it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from folkmoot.kit.registry import Registry

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
