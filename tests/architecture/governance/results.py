"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World

HERE = "groups/<slug:slug>/elections/<slug:key>/"
OFFICER = "in 403 403 403 {0} 403 403"
"""The manager is an officer in each election; whoever leads another group or runs the installation is none."""


def of_released(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "key": world.made["released"].election.key}


def of_contest(world: World) -> dict[str, Any]:
    return {**of_released(world), "number": 1}


def of_signing(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "key": world.made["signing"].election.key}


def of_elected(world: World) -> dict[str, Any]:
    return {**of_released(world), "pk": world.made["released"].contest.elected.first().pk}


def of_complaint(world: World) -> dict[str, Any]:
    return {**of_released(world), "pk": world.made["complaint"].pk}


ROWS: dict[str, Row] = {
    f"{HERE}result/": Row("200", at=of_released),
    f"{HERE}result/bundle.zip": Row("200", at=of_released),
    f"{HERE}result/<int:number>/": Row("200", at=of_contest),
    f"{HERE}result/<int:number>/what-if/": Row("200", at=of_contest),
    f"{HERE}result/<int:number>/ballots/": Row("404", at=of_contest),
    f"{HERE}result/<int:number>/all-ballots/": Row("403 403 403 403 200 403 403", at=of_contest),
    f"{HERE}result/<int:number>/offline/": Row("404", at=of_contest),
    f"{HERE}result/release/": Row("in 403", "in 403", at=of_released),
    f"{HERE}result/certify/": Row(OFFICER.format(200), OFFICER.format(409), at=of_released),
    f"{HERE}result/certify/<int:pk>/next/": Row("in 405", OFFICER.format(409), at=of_elected),
    f"{HERE}signing/": Row(OFFICER.format(200), OFFICER.format(400), at=of_signing),
    f"{HERE}complaints/": Row("200", "403 403 400 400 403 403 403", at=of_released),
    f"{HERE}complaints/<int:pk>/answer/": Row("in 405", OFFICER.format(400), at=of_complaint),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "result of an election": ("participant", "/groups/{group}/elections/{made[released].election.key}/result/"),
    "signing a count": ("manager", "/groups/{group}/elections/{made[signing].election.key}/signing/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
