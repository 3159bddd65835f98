"""Who gets what at the addresses of decisions; a part of `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import CONTRIBUTOR, LEADS, MANAGER, Row, of_group
from tests.architecture.world import World

DECISION = "groups/<slug:slug>/decisions/<int:year>-<int:number>"


def of_decision(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "year": world.decision.year, "number": world.decision.number}


def of_recorded(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "year": world.recorded.year, "number": world.recorded.number}


def of_objection(world: World) -> dict[str, Any]:
    return {"pk": world.objection.pk}


DECISIONS: dict[str, Row] = {
    "groups/<slug:slug>/decisions/": Row("200", at=of_group),
    "groups/<slug:slug>/decisions/feed.atom": Row("200", at=of_group),
    f"{DECISION}/": Row("200", at=of_decision),
    f"{DECISION}.md": Row("200", at=of_decision),
    # Proposed by whoever contributes, written down by those who lead
    "groups/<slug:slug>/decisions/propose/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_group),
    "groups/<slug:slug>/decisions/record/": Row(LEADS, LEADS, at=of_group),
    f"{DECISION}/task/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_recorded),
    f"{DECISION}/show/": Row("in 405", MANAGER.format("go"), at=of_recorded),
    f"{DECISION}/correct/": Row(LEADS, LEADS, at=of_recorded),
    f"{DECISION}/settle/": Row(LEADS, LEADS, at=of_decision),
    # The participant proposed this one, and the manager objects to it
    f"{DECISION}/change/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_decision),
    f"{DECISION}/withdraw/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_decision),
    f"{DECISION}/again/": Row("in 405", "in 403 403 409 409 403 409", at=of_decision),
    f"{DECISION}/object/": Row("in 403 403 200 200 403 403", "in 403 403 200 200 403 403", at=of_decision),
    f"{DECISION}/support/": Row("in 405", "in 403 403 go 409 403 403", at=of_decision),
    "decisions/objections/<int:pk>/answer/": Row(CONTRIBUTOR, CONTRIBUTOR, at=of_objection),
    "decisions/objections/<int:pk>/take-back/": Row("in 405", "in 403 403 403 go 403 403", at=of_objection),
}
