"""The parts of connections, as the tables of addresses and pages read them."""

from __future__ import annotations

from tests.architecture.access_row import Row
from tests.architecture.connections import (
    chats,
    directory,
    helping,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)

PARTS = (chats, directory, helping, knowledge, mentoring, newcomers, office_hours, spaces, thanks)

ROWS: dict[str, Row] = {
    "connections/": Row("in 200"),
    "groups/<slug:slug>/connections/": Row("in 200", at=lambda world: {"slug": world.group.slug}),
}
PAGES: dict[str, tuple[str, str]] = {
    "connections": ("participant", "/connections/"),
    "connections of a group": ("manager", "/groups/{group}/connections/"),
}
for part in PARTS:
    ROWS.update(part.ROWS)
    PAGES.update(part.PAGES)
