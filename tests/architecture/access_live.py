"""Who gets what at the addresses of a running call; `access` explains the words."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import INSIDE, LEADS, MANAGER, Row, of_group
from tests.architecture.world import World


def of_running(world: World) -> dict[str, Any]:
    """A call that is on."""
    return {"pk": world.running.pk}


def of_part(world: World) -> dict[str, Any]:
    return {**of_running(world), "name": "queue"}


LIVE: dict[str, Row] = {
    # Whoever takes part follows it; who contributes raises a hand
    "meetings/<int:pk>/live/": Row(
        INSIDE, "in 403 403 go go 403 403", at=of_running, data=lambda world: {"do": "raise", "kind": "queue"}
    ),
    "meetings/<int:pk>/live/parts/<slug:name>/": Row(INSIDE, "in 405", at=of_part),
    "meetings/<int:pk>/live/screen/": Row(INSIDE, "in 405", at=of_running),
    # What is written names an item of the minutes; these name none
    "meetings/<int:pk>/live/notes/": Row("in 405", "in 403 404 404 404 403 404", at=of_running),
    "meetings/<int:pk>/live/doings/": Row("in 405", "in 403 404 404 404 403 404", at=of_running),
    "groups/<slug:slug>/calls/speaking/": Row(LEADS, MANAGER.format("go"), at=of_group),
}
