"""Time zones: their names, what people mean by letters such as PST, and how wall time becomes an instant."""

from __future__ import annotations

from folkmoot.kit.zones.clock import (
    Candidate,
    Drift,
    Resolved,
    Transition,
    drift,
    local_to_utc,
    transitions,
)
from folkmoot.kit.zones.names import (
    ANYWHERE_ON_EARTH,
    Reading,
    candidates,
    canonical,
    choices,
    data_version,
    is_abbreviation,
    offset_name,
    place,
    readings,
    zone,
)

__all__ = [
    "ANYWHERE_ON_EARTH",
    "Candidate",
    "Drift",
    "Reading",
    "Resolved",
    "Transition",
    "candidates",
    "canonical",
    "choices",
    "data_version",
    "drift",
    "is_abbreviation",
    "local_to_utc",
    "offset_name",
    "place",
    "readings",
    "transitions",
    "zone",
]
