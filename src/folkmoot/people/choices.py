"""What people choose from in the forms of every room."""

from __future__ import annotations

from folkmoot.kit import zones


def zone_choices() -> list[tuple[str, str]]:
    """Zones for a select, by their names with spaces."""
    return [(name, name.replace("_", " ")) for name in zones.choices()]
