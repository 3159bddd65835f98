"""The parts of elections, as the tables of addresses and pages read them."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row, of_group
from tests.architecture.governance import (
    ballots,
    kinds,
    nominations,
    officers,
    opening,
    plan,
    results,
    rolls,
)
from tests.architecture.world import World

PARTS = (ballots, kinds, nominations, officers, opening, plan, results, rolls)


def of_announced(world: World) -> dict[str, Any]:
    """The address of the election that is announced."""
    return {"slug": world.group.slug, "key": world.made["announced"].election.key}


ROWS: dict[str, Row] = {
    "count/": Row("200", "400"),
    "groups/<slug:slug>/elections/": Row("200", at=of_group),
    "groups/<slug:slug>/elections/<slug:key>/": Row("200", at=of_announced),
}
PAGES: dict[str, tuple[str, str]] = {
    "elections of a group": ("manager", "/groups/{group}/elections/"),
}
for part in PARTS:
    ROWS.update(part.ROWS)
    PAGES.update(part.PAGES)
