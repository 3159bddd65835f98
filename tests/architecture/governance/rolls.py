"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import LEADS, MANAGER, Row
from tests.architecture.world import World

OF = "groups/<slug:slug>/elections/<slug:key>/roll/"
OFFICER = "in 403 403 403 {0} 403 403"


def of(made: str = "", /, **values: str) -> Any:
    """The address of the election whose roll is prepared, and of what is called so in it."""

    def at(world: World) -> dict[str, Any]:
        found = {"slug": world.group.slug, "key": world.made["rolled"].election.key, **values}
        return found | ({"pk": world.made[made].pk} if made else {})

    return at


ROWS: dict[str, Row] = {
    OF: Row(LEADS, at=of()),
    f"{OF}roll.csv": Row(LEADS, at=of()),
    f"{OF}me/": Row("in 200", at=of()),
    f"{OF}me/ask/": Row("405", "in 400", at=of()),
    f"{OF}me/appeal/": Row("405", "in 404 400 404 404 404 404", at=of()),
    f"{OF}exceptions/": Row(OFFICER.format(200), at=of()),
    f"{OF}exceptions/<int:pk>/": Row("405", OFFICER.format(400), at=of("exception")),
    f"{OF}criteria/": Row(LEADS, at=of()),
    f"{OF}criteria/suggested/": Row("405", MANAGER.format("go"), at=of()),
    f"{OF}criteria/proxies/": Row("405", MANAGER.format(400), at=of()),
    f"{OF}criteria/reach/": Row("405", MANAGER.format(400), at=of()),
    f"{OF}criteria/<int:pk>/<slug:what>/": Row("405", MANAGER.format("go"), at=of("criterion", what="up")),
    f"{OF}criteria/<slug:whom>/<slug:name>/": Row(
        LEADS, MANAGER.format(400), at=of(whom="voters", name="takes_part_since")
    ),
    f"{OF}proxy/": Row("in 200", "in 400", at=of()),
    f"{OF}proxy/<int:pk>/<slug:what>/": Row("405", "in 404 404 go 403 404 404", at=of("proxy", what="back")),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "may I vote": ("observer", "/groups/{group}/elections/{made[rolled].election.key}/roll/me/"),
    "what is asked of voters": ("manager", "/groups/{group}/elections/{made[rolled].election.key}/roll/criteria/"),
    "exceptions": ("manager", "/groups/{group}/elections/{made[rolled].election.key}/roll/exceptions/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
