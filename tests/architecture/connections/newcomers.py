"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import CONTRIBUTOR, LEADS, MANAGER, Row, of_group
from tests.architecture.world import World


def of_newcomer(world: World) -> dict[str, Any]:
    return {"pk": world.made["newcomer"].pk}


def of_newcomer_of_mine(world: World) -> dict[str, Any]:
    return {"pk": world.made["newcomer_of_mine"].pk}


def of_pair(world: World) -> dict[str, Any]:
    return {"pk": world.made["buddy_pair"].pk, "what": "confirm"}


def of_check_in(world: World) -> dict[str, Any]:
    return {"pk": world.made["newcomer_check_in"].pk}


THE_PARTICIPANT = "in 404 404 {0} 404 404 404"

ROWS: dict[str, Row] = {
    "groups/<slug:slug>/newcomers/": Row(CONTRIBUTOR, at=of_group),
    "groups/<slug:slug>/newcomers/offer/": Row("in 405", "in 403 403 400 400 403 403", at=of_group),
    "groups/<slug:slug>/newcomers/settings/": Row(LEADS, MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/newcomers/first-tasks/": Row(LEADS, MANAGER.format(400), at=of_group),
    "connections/newcomers/<int:pk>/hello/": Row("in 405", "in 404 404 404 go 404 go", at=of_newcomer),
    "connections/newcomers/<int:pk>/somebody-else/": Row(
        "in 405", THE_PARTICIPANT.format("go"), at=of_newcomer_of_mine
    ),
    "connections/buddies/<int:pk>/<slug:what>/": Row("in 405", "in 404 404 404 go 404 go", at=of_pair),
    "connections/newcomers/check-ins/<int:pk>/": Row(
        THE_PARTICIPANT.format(200), THE_PARTICIPANT.format(400), at=of_check_in
    ),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "newcomers": ("manager", "/groups/{group}/newcomers/"),
    "how does it go": ("participant", "/connections/newcomers/check-ins/{made[newcomer_check_in].pk}/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
