"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import STEWARD, Row, Values, of_group
from tests.architecture.world import World

FILLS = f"{STEWARD} {{0}}"


def of(key: str) -> Values:
    """The number of what the factory made under this name."""
    return lambda world: {"pk": world.made[key]}


def of_seat(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "pk": world.made["empty_seat"]}


def of_open(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "key": world.made["open"].election.key}


ELECTION = "groups/<slug:slug>/elections/<slug:key>/"
OFFICER = "in 403 403 403 200 403 403"
ROWS: dict[str, Row] = {
    "groups/<slug:slug>/empty-seats/": Row("200", at=of_group),
    "groups/<slug:slug>/empty-seats/rule/": Row(FILLS.format(200), FILLS.format(400), at=of_group),
    "groups/<slug:slug>/empty-seats/ask/": Row("in 405", FILLS.format("go"), at=of_group),
    "groups/<slug:slug>/empty-seats/<int:pk>/appoint/": Row(FILLS.format(200), FILLS.format(400), at=of_seat),
    "seats/offers/<int:pk>/": Row("in 404 404 200 404 404 200", "in 404 404 400 404 404 400", at=of("seat_offer")),
    "surveys/<int:pk>/": Row("200", "403 403 go go go 403 403", at=of("retro_survey")),
    f"{ELECTION}belenios/": Row(OFFICER, at=of_open),
    f"{ELECTION}belenios/questions.json": Row(OFFICER, at=of_open),
    f"{ELECTION}belenios/voters.txt": Row(OFFICER, at=of_open),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "ask somebody to take a seat": ("steward", "/groups/{group}/empty-seats/{made[empty_seat]}/appoint/"),
    "survey without names": ("participant", "/surveys/{made[retro_survey]}/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
