"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row, of_group
from tests.architecture.world import World


def of_article(world: World) -> dict[str, Any]:
    """An article for people of the group."""
    return {"pk": world.made["article"].pk}


KNOWLEDGE = "knowledge/<int:pk>/"
ROWS: dict[str, Row] = {
    "knowledge/": Row("200"),
    "groups/<slug:slug>/knowledge/": Row("200", at=of_group),
    "knowledge/new/": Row("in 403 403 200 200 200 200", "in 403 403 400 400 400 400"),
    KNOWLEDGE: Row("404 404 200 200 200 404 200", at=of_article),
    f"{KNOWLEDGE}helped/": Row("404 404 200 200 200 404 200", "404 404 400 400 400 404 400", at=of_article),
    f"{KNOWLEDGE}versions/": Row("in 404 403 200 200 404 200", at=of_article),
    f"{KNOWLEDGE}change/": Row("in 404 403 200 200 404 200", "in 404 403 400 400 404 400", at=of_article),
    f"{KNOWLEDGE}looked-through/": Row("in 405", "in 404 403 go go 404 go", at=of_article),
    f"{KNOWLEDGE}outdated/": Row("in 404 200 200 200 404 200", "in 404 400 400 400 404 400", at=of_article),
    f"{KNOWLEDGE}retire/": Row("in 405", "in 404 403 403 go 404 go", at=of_article),
    f"{KNOWLEDGE}bring-back/": Row("in 405", "in 404 404 403 go 404 go", at=of_article),
    f"{KNOWLEDGE}merge/": Row("in 404 403 403 200 404 200", "in 404 403 403 400 404 400", at=of_article),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "article": ("manager", "/knowledge/{made[article].pk}/"),
    "new article": ("participant", "/knowledge/new/?group={group}"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
