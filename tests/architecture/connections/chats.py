"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import INSIDE, MANAGER, STEWARD, Row, Values, of_group
from tests.architecture.world import World

RUNS = f"{STEWARD} {{0}}"


def of(key: str) -> Values:
    """The number of what the factory made under this name."""
    return lambda world: {"pk": world.made[key]}


def of_file(world: World) -> dict[str, Any]:
    return {"pk": world.made["chat"], "stamp": world.made["chat_stamp"]}


def of_skip(world: World) -> dict[str, Any]:
    """The link in a mail to the participant; it does not matter who is signed in."""
    return {"token": world.made["chat_skip"]}


PROGRAMME = "connections/chats/programmes/<int:pk>/"
IN_IT = "in 404 404 {0} {0} 404 404"
ROWS: dict[str, Row] = {
    "connections/chats/": Row("in 200"),
    "connections/chats/new/": Row(RUNS.format(200), RUNS.format(400)),
    "groups/<slug:slug>/connections/chats/new/": Row(MANAGER.format(200), MANAGER.format(400), at=of_group),
    PROGRAMME: Row(INSIDE, at=of("chats")),
    f"{PROGRAMME}change/": Row(MANAGER.format(200), MANAGER.format(400), at=of("chats")),
    f"{PROGRAMME}take-part/": Row("in 403 200 200 200 403 403", "in 403 400 400 400 403 403", at=of("chats")),
    f"{PROGRAMME}skip/": Row("in 405", "in 403 409 go go 403 409", at=of("chats")),
    f"{PROGRAMME}pause/": Row("in 405", "in 403 400 400 400 403 400", at=of("chats")),
    f"{PROGRAMME}leave/": Row("in 405", "in 403 go go go 403 go", at=of("chats")),
    f"{PROGRAMME}end/": Row("in 405", RUNS.format("go"), at=of("chats_for_all")),
    "connections/chats/skip/<str:token>/": Row("200", "400", at=of_skip),
    "connections/chats/<int:pk>/answer/": Row("in 405", IN_IT.format("go"), at=of("chat")),
    "connections/chats/<int:pk>/<int:stamp>.ics": Row(IN_IT.format(200), at=of_file),
    "connections/apart/": Row("in 200", "in 404"),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "my chats": ("participant", "/connections/chats/"),
    "chats of a group": ("manager", "/connections/chats/programmes/{made[chats]}/"),
    "take part in chats": ("participant", "/connections/chats/programmes/{made[chats]}/take-part/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
