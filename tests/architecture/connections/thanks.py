"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World


def of_thanks(world: World) -> dict[str, Any]:
    """From the manager to the participant; a steward is nobody special here."""
    return {"pk": world.made["thanks"].pk}


def shown_to_group(_world: World) -> dict[str, Any]:
    return {"shown": "group"}


ROWS: dict[str, Row] = {
    "thanks/": Row("in 200"),
    "thanks/new/": Row("in 200", "in 400"),
    "thanks/wish/": Row("in 405", "in go", data=shown_to_group),
    "thanks/years/<int:year>/": Row("in 200", at=lambda _world: {"year": 2026}),
    "thanks/<int:pk>/show/": Row("in 405", "in 404 404 go 404 404 404", at=of_thanks, data=shown_to_group),
    "thanks/<int:pk>/remove/": Row("in 405", "in 404 404 go 404 404 404", at=of_thanks),
    "thanks/<int:pk>/take-back/": Row("in 405", "in 404 404 404 go 404 404", at=of_thanks),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "thanks of one's own": ("participant", "/thanks/"),
    "thanking somebody": ("participant", "/thanks/new/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
