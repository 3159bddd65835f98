"""Who gets what on the pages of call roles, turns and announcements; the words are explained in `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import INSIDE, LEADS, MANAGER, Row, of_group, of_meeting
from tests.architecture.world import World


def of_turn(world: World) -> dict[str, Any]:
    """The participant was asked to be the scribe of a call."""
    return {"pk": world.turn.pk}


CALL_ROLES: dict[str, Row] = {
    "meetings/<int:pk>/roles/": Row("in 200", at=of_meeting),
    "meetings/<int:pk>/roles/take/": Row(
        "in 405", "in 403 go go go 403 403", at=of_meeting, data=lambda world: {"role": "moderator"}
    ),
    "meetings/<int:pk>/roles/ask/": Row(LEADS, MANAGER.format(400), at=of_meeting),
    "meetings/<int:pk>/announcement/": Row(INSIDE, "in 403 403 403 400 403 400", at=of_meeting),
    "turns/<int:pk>/": Row("in 404 404 200 404 404 404", "in 404 404 go 404 404 404", at=of_turn),
    "turns/<int:pk>/hand-back/": Row("in 405", "in 403 403 go go 403 go", at=of_turn),
    "groups/<slug:slug>/calls/roles/": Row(INSIDE, "in 403 go go go 403 403", at=of_group),
    "groups/<slug:slug>/calls/roles/new/": Row(LEADS, MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/calls/roles/<slug:key>/change/": Row(
        LEADS, MANAGER.format(400), at=lambda world: {**of_group(world), "key": "scribe"}
    ),
    "groups/<slug:slug>/calls/announcement/": Row(LEADS, MANAGER.format(400), at=of_group),
}
