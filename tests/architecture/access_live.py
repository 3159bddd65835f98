"""Who gets what at the addresses of a running call; `access` explains the words."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_attendance import of_call
from tests.architecture.access_row import INSIDE, LEADS, MANAGER, Row, of_group
from tests.architecture.world import World


def of_part(world: World) -> dict[str, Any]:
    return {**of_call(world), "name": "queue"}


LIVE: dict[str, Row] = {
    # Whoever takes part follows it; who moderates opens it
    "meetings/<int:pk>/live/": Row(INSIDE, MANAGER.format("go"), at=of_call, data=lambda world: {"do": "open"}),
    "meetings/<int:pk>/live/parts/<slug:name>/": Row(INSIDE, "in 405", at=of_part),
    "meetings/<int:pk>/live/screen/": Row(INSIDE, "in 405", at=of_call),
    # What is written names an item of the minutes; these name none
    "meetings/<int:pk>/live/notes/": Row("in 405", "in 403 404 404 404 403 404", at=of_call),
    "meetings/<int:pk>/live/doings/": Row("in 405", "in 403 404 404 404 403 404", at=of_call),
    "groups/<slug:slug>/calls/speaking/": Row(LEADS, MANAGER.format("go"), at=of_group),
}
