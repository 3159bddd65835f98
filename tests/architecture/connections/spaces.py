"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row, Values
from tests.architecture.world import World


def of(name: str, **more: str) -> Values:
    """The address of something that `in_world` made."""

    def values(world: World) -> dict[str, Any]:
        return {"pk": world.made[name], **{key: world.made.get(value, value) for key, value in more.items()}}

    return values


def to_clustering(_world: World) -> dict[str, Any]:
    return {"to": "clustering"}


ABOUT = "connections/circles/<int:pk>/"
OF_SESSION = "connections/sessions/<int:pk>/"
# A circle of the group's people, started by the participant: strangers do not know it.
SEEN = "in 404 200 200 200 404 200"
HOSTED = "in 404 403 200 200 404 200"
HOST_POSTS = "in 404 403 400 400 404 400"

ROWS: dict[str, Row] = {
    "connections/circles/": Row("in 200"),
    "connections/circles/new/": Row("in 403 403 200 200 200 200", "in 403 403 400 400 400 400"),
    ABOUT: Row(SEEN, at=of("circle")),
    f"{ABOUT}calendar.ics": Row("in 404 403 200 403 404 403", at=of("circle")),
    f"{ABOUT}change/": Row(HOSTED, HOST_POSTS, at=of("circle")),
    f"{ABOUT}end/": Row(HOSTED, HOST_POSTS, at=of("circle")),
    f"{ABOUT}host/": Row(HOSTED, HOST_POSTS, at=of("circle")),
    f"{ABOUT}<slug:what>/": Row("in 405", "in 404 go go go 404 go", at=of("circle", what="join")),
    "connections/sessions/new/": Row("in 403 403 200 200 200 200", "in 403 403 400 400 400 400"),
    OF_SESSION: Row("in 404 404 200 200 404 200", at=of("wall")),
    f"{OF_SESSION}notes/": Row("in 405", "in 404 404 400 400 404 400", at=of("wall")),
    f"{OF_SESSION}notes/<int:note>/remove/": Row(
        "in 405", "in 404 404 go go 404 go", at=of("wall", note="note_on_wall")
    ),
    f"{OF_SESSION}themes/": Row("in 404 403 403 200 404 200", "in 404 403 403 409 404 409", at=of("board")),
    f"{OF_SESSION}next/": Row("in 405", "in 404 403 403 go 404 go", at=of("board"), data=to_clustering),
    f"{OF_SESSION}summary/": Row("200", at=of("summary")),
    f"{OF_SESSION}summary/write/": Row("in 404 403 403 200 404 200", "in 404 403 403 400 404 400", at=of("summary")),
    f"{OF_SESSION}summary.md": Row("200", at=of("summary")),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "a circle": ("participant", "/connections/circles/{made[circle]}/"),
    "a session's wall": ("participant", "/connections/sessions/{made[wall]}/"),
    "a session's themes": ("manager", "/connections/sessions/{made[board]}/themes/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
