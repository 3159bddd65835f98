"""Who gets what at the addresses of a call's attendance; `access` explains the words."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import MANAGER, Row, of_group
from tests.architecture.world import World


def of_call(world: World) -> dict[str, Any]:
    """A call that has just ended, with a guest on its list."""
    return {"pk": world.call.pk}


def of_guest(world: World) -> dict[str, Any]:
    return {"pk": world.call.pk, "guest_id": world.guest.pk}


ATTENDANCE: dict[str, Row] = {
    # Managers of the group, and the steward
    "meetings/<int:pk>/here/list/": Row(MANAGER.format(200), MANAGER.format("go"), at=of_call),
    "meetings/<int:pk>/here/names/": Row(MANAGER.format(200), MANAGER.format(400), at=of_call),
    "meetings/<int:pk>/here/guests/<int:guest_id>/": Row(MANAGER.format(200), MANAGER.format(200), at=of_guest),
    "meetings/<int:pk>/here/show-code/": Row(MANAGER.format(200), MANAGER.format("go"), at=of_call),
    "meetings/<int:pk>/here/close/": Row("in 405", MANAGER.format("go"), at=of_call),
    "meetings/<int:pk>/here/opening/": Row(
        "in 405", MANAGER.format("go"), at=of_call, data=lambda world: {"do": "unread"}
    ),
    "groups/<slug:slug>/meetings/opening/": Row(MANAGER.format(200), MANAGER.format("go"), at=of_group),
    "groups/<slug:slug>/meetings/opening/text/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/meetings/opening/text/<slug:key>/": Row(
        MANAGER.format(200), MANAGER.format(400), at=lambda world: {**of_group(world), "key": "antitrust"}
    ),
    # Who is on a call: whoever takes part says so by a button, everybody else by the code
    "meetings/<int:pk>/here/": Row("200", "in 403 go go go 403 403", at=of_call, data=lambda world: {"do": "here"}),
    "meetings/<int:pk>/here/not/": Row("in 405", "in go", at=of_call),
    "c/": Row("200", "400"),
    "c/<str:code>/": Row("200", "400", at=lambda world: {"code": "K7M4QX"}),
    "me/attendance/": Row("in 200"),
}
