"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from folkmoot.governance.ballot_links import ballot_token
from tests.architecture.access_row import Row
from tests.architecture.world import World


def of_open(world: World) -> dict[str, Any]:
    """The election in which people vote: the participant and the observer are on its roll."""
    return {"slug": world.group.slug, "key": world.made["open"].election.key}


def of_link(world: World) -> dict[str, Any]:
    """The participant's, from a mail to them; it does not matter who is signed in."""
    return of_open(world) | {"token": ballot_token(world.made["open"].voters[0])}


AT = "groups/<slug:slug>/elections/<slug:key>/"
VOTERS = "in 403 200 200 403 403 403"

ROWS: dict[str, Row] = {
    f"{AT}vote/": Row(VOTERS, VOTERS, at=of_open),
    f"{AT}vote/link/<str:token>/": Row("200", at=of_link),
    f"{AT}vote/replace/": Row("409", "409", at=of_open),
    f"{AT}practice-ballot/": Row("200", "400", at=of_open),
    f"{AT}receipts/": Row("200", "400", at=of_open),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "a ballot": ("participant", "/groups/{group}/elections/{made[open].election.key}/vote/"),
    "receipts of ballots": ("participant", "/groups/{group}/elections/{made[closed].election.key}/receipts/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
