"""Who gets what at the addresses of motions; a part of `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import (
    CONTRIBUTOR,
    LEADS,
    MANAGER,
    Row,
    Values,
    of_group,
)
from tests.architecture.world import World

MOTION = "groups/<slug:slug>/motions/<int:year>-<int:number>"
MOVER = "in 403 403 {0} {0} 403 {0}"  # the participant, and those who lead


def of_motion(name: str) -> Values:
    def values(world: World) -> dict[str, Any]:
        decision = getattr(world.motions, name).decision
        return {**of_group(world), "year": decision.year, "number": decision.number}

    return values


def of_motion_amendment(world: World) -> dict[str, Any]:
    return {"pk": world.motions.amendment.pk}


MOTIONS: dict[str, Row] = {
    # Motions
    "groups/<slug:slug>/motions/put/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_group),
    f"{MOTION}/": Row("200", at=of_motion("amending")),
    f"{MOTION}.md": Row("in 200", "in 405", at=of_motion("amending")),
    f"{MOTION}/change/": Row(MOVER.format(200), MOVER.format(200), at=of_motion("amending")),
    f"{MOTION}/second/": Row("in 405", "in 403 403 403 go 403 go", at=of_motion("amending")),
    f"{MOTION}/amend/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_motion("amending")),
    f"{MOTION}/refer/": Row(LEADS, LEADS, at=of_motion("amending")),
    f"{MOTION}/withdraw/": Row(MOVER.format(200), MOVER.format(200), at=of_motion("amending")),
    f"{MOTION}/vote/": Row(LEADS, LEADS, at=of_motion("amending")),
    f"{MOTION}/position/": Row("in 403 200 200 200 403 403", "in 403 200 200 200 403 403", at=of_motion("voting")),
    f"{MOTION}/position/clear/": Row(
        "in 403 409 409 409 403 403", "in 403 409 409 409 403 403", at=of_motion("voting")
    ),
    f"{MOTION}/close/": Row("in 405", MANAGER.format(409), at=of_motion("voting")),
    f"{MOTION}/extend/": Row(LEADS, LEADS, at=of_motion("lacking")),
    f"{MOTION}/again/": Row("in 405", MANAGER.format("go"), at=of_motion("lacking")),
    "motions/amendments/<int:pk>/answer/": Row(MOVER.format(200), MOVER.format(200), at=of_motion_amendment),
    "motions/amendments/<int:pk>/take-back/": Row("in 405", "in 403 403 go 403 403 403", at=of_motion_amendment),
}
