"""What rooms above tell the calendar when it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, Protocol

from folkmoot.kit.registry import Registry

Occurrence = tuple[str, datetime]
"""A series' UID, and the wall time at which its rule has the occurrence."""


class OccurrencePaths(Protocol):
    """Pages about single occurrences: a path for each of those asked for that has one."""

    def __call__(self, wanted: Collection[Occurrence], /) -> Mapping[Occurrence, str]: ...


occurrence_paths: Final[Registry[OccurrencePaths]] = Registry("way to an occurrence's page")
"""By room, which is the first part of an item's `source`."""
