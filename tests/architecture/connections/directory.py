"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row, of_group
from tests.architecture.world import World


def of_findable(world: World) -> dict[str, Any]:
    return {"pk": world.made["findable"]}


def of_introduction(world: World) -> dict[str, Any]:
    return {"pk": world.made["introduction"]}


ROWS: dict[str, Row] = {
    "directory/": Row("in 200"),
    "directory/me/": Row("in 200", "in 400"),
    "directory/me/seen/": Row("in 200"),
    "directory/me/stop/": Row("405", "in go"),
    "directory/<int:pk>/": Row("in 200 200 404 200 200 200", "in 400 403 404 400 400 400", of_findable),
    "directory/<int:pk>/apart/": Row("405", "in go go 404 go go go", of_findable),
    "introductions/": Row("in 200"),
    "introductions/<int:pk>/": Row("in 404 200 200 404 404 404", "in 404 400 400 404 404 404", of_introduction),
    "groups/<slug:slug>/introduce/": Row("in 403 403 403 200 403 403", "in 403 403 403 400 403 403", of_group),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "directory": ("observer", "/directory/"),
    "being found": ("participant", "/directory/me/"),
    "an introduction": ("participant", "/introductions/{made[introduction]}/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
