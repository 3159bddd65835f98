"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World

OFFICER = "in 403 403 403 {0} 403 403"
HERE = "groups/<slug:slug>/elections/<slug:key>/opening/"


def of_closed(world: World) -> dict[str, Any]:
    """The address of the election whose vote is closed; the manager is its officer."""
    return {"slug": world.group.slug, "key": world.made["closed"].election.key}


def of_its_contest(world: World) -> dict[str, Any]:
    return of_closed(world) | {"position": 0}


ROWS: dict[str, Row] = {
    HERE: Row(OFFICER.format("200"), "in 405", at=of_closed),
    f"{HERE}close/": Row("in 405", OFFICER.format("go"), at=of_closed),
    f"{HERE}envelopes/<int:position>/": Row(OFFICER.format("200"), "in 405", at=of_its_contest),
    f"{HERE}envelopes.json": Row(OFFICER.format("200"), "in 405", at=of_closed),
    f"{HERE}got/<int:position>/": Row(OFFICER.format("200"), "in 405", at=of_its_contest),
    f"{HERE}shares/": Row("in 405", OFFICER.format("400"), at=of_closed),
    f"{HERE}rankings/": Row("in 405", OFFICER.format("400"), at=of_closed),
    f"{HERE}count/": Row("in 405", OFFICER.format("409"), at=of_closed),
    f"{HERE}key-destroyed/": Row("in 405", OFFICER.format("403"), at=of_closed),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "opening of ballots": ("manager", "/groups/{group}/elections/{made[closed].election.key}/opening/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
