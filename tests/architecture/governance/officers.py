"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World

OF = "groups/<slug:slug>/elections/<slug:key>/"
OFFICER = "in 403 403 403 {0} 403 403"


def of(name: str) -> Any:
    """The address of the election that stands there."""

    def at(world: World) -> dict[str, Any]:
        return {"slug": world.group.slug, "key": world.made[name].election.key}

    return at


ROWS: dict[str, Row] = {
    f"{OF}officers/": Row("in 403 403 403 200 403 200", "in 403 403 403 400 403 400", at=of("announced")),
    f"{OF}officers/duty/": Row("in 404 404 404 200 404 404", "in 404 404 404 go 404 404", at=of("announced")),
    f"{OF}officers/keys/": Row(OFFICER.format(200), OFFICER.format(400), at=of("announced")),
    f"{OF}officers/keys/rehearsal.json": Row(OFFICER.format(404), at=of("announced")),
    f"{OF}freeze/": Row(OFFICER.format("go"), OFFICER.format(409), at=of("open")),
    f"{OF}frozen/": Row("200", at=of("open")),
    f"{OF}frozen/text.json": Row("200", at=of("open")),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "keys of an officer": ("manager", "/groups/{group}/elections/{made[announced].election.key}/officers/keys/"),
    "officers of an election": ("manager", "/groups/{group}/elections/{made[announced].election.key}/officers/"),
    "frozen election": ("observer", "/groups/{group}/elections/{made[open].election.key}/frozen/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
