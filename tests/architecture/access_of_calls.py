"""Who gets what at the addresses of calls; see `access.py` for what the columns say."""

from __future__ import annotations

from typing import Any

from folkmoot.meetings.models import OWN_FROM
from tests.architecture.access_row import INSIDE, MANAGER, Row, of_group, of_meeting
from tests.architecture.world import World

JOINT = "in 404 404 404 {0} {1} {2}"  # … who leads the host, who leads the invited group, the steward


def of_series(world: World) -> dict[str, Any]:
    """The series of the charter."""
    return {**of_group(world), "position": 0}


def of_own_series(world: World) -> dict[str, Any]:
    """A series that the group has besides its charter."""
    return {**of_group(world), "position": OWN_FROM}


def of_joint(world: World) -> dict[str, Any]:
    """An invitation of the group to the other one."""
    return {"pk": world.joint.pk}


CALLS: dict[str, Row] = {
    "groups/<slug:slug>/meetings/": Row("200", at=of_group),
    "meetings/<int:pk>/": Row("200", at=of_meeting),
    "meetings/<int:pk>.ics": Row("200", at=of_meeting),
    "groups/<slug:slug>/meetings/new/": Row(MANAGER.format(200), MANAGER.format(200), at=of_group),
    "groups/<slug:slug>/meetings/series/<int:position>/": Row(MANAGER.format(200), MANAGER.format(400), at=of_series),
    "groups/<slug:slug>/fair-times/": Row(INSIDE, MANAGER.format(409), at=of_group),
    "groups/<slug:slug>/meetings/series/": Row(MANAGER.format(200), at=of_group),
    "groups/<slug:slug>/meetings/series/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/meetings/series/<int:position>/end/": Row(
        MANAGER.format(200), MANAGER.format(400), at=of_own_series
    ),
    "groups/<slug:slug>/meetings/series/<int:position>/breaks/": Row(
        MANAGER.format(200), MANAGER.format(400), at=of_series
    ),
    "groups/<slug:slug>/meetings/series/<int:position>/breaks/end/": Row("in 405", MANAGER.format(404), at=of_series),
    "groups/<slug:slug>/meetings/series/<int:position>/place/": Row(
        MANAGER.format(200), MANAGER.format("go"), at=of_series
    ),
    "groups/<slug:slug>/meetings/together/": Row(MANAGER.format(200), at=of_group),
    "groups/<slug:slug>/meetings/together/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    "joint-calls/<int:pk>/": Row(JOINT.format(200, 200, 200), JOINT.format(403, 400, 400), at=of_joint),
    "joint-calls/<int:pk>/end/": Row(JOINT.format(200, 403, 200), JOINT.format("go", 403, "go"), at=of_joint),
    "meetings/<int:pk>/place/": Row(MANAGER.format(200), MANAGER.format("go"), at=of_meeting),
    "meetings/<int:pk>/anyway/": Row("in 405", MANAGER.format("go"), at=of_meeting),
    "meetings/<int:pk>/move/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/cancel/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/restore/": Row("in 405", MANAGER.format("go"), at=of_meeting),
}
