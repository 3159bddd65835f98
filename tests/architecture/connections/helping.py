"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.architecture.access_row import LEADS, MANAGER, STEWARD, Row, of_group
from tests.architecture.world import World


def of(name: str, what: str = "") -> Callable[[World], dict[str, Any]]:
    """The address of something in `world.made`, or of something done with it."""
    return lambda world: {"pk": world.made[name].pk, **({"what": what} if what else {})}


ROWS: dict[str, Row] = {
    "help/": Row("in 200"),
    # No desk for everybody has been opened.
    "help/ask/": Row("in go", "in go"),
    "help/offered/": Row("405", "in 200"),
    "help/desk/": Row("in 200"),
    "help/desk/settings/": Row(f"{STEWARD} 200", f"{STEWARD} 400"),
    "help/desk/numbers/": Row(f"{STEWARD} 404"),
    # Private: whoever asked (the observer), and those who answer at the desk; no steward who does not.
    "help/<int:pk>/": Row("in 404 200 200 200 404 404", at=of("help_private")),
    "help/<int:pk>/<slug:what>/": Row("in 405", "in 404 400 400 400 404 404", at=of("help_private", "say")),
    "groups/<slug:slug>/help/": Row("in 200", at=of_group),
    "groups/<slug:slug>/help/ask/": Row("in 200", "in 400", at=of_group),
    "groups/<slug:slug>/help/settings/": Row(LEADS, MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/help/numbers/": Row(LEADS, at=of_group),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "question for help": ("manager", "/help/{made[help_asked].pk}/"),
    "help desk": ("manager", "/groups/{group}/help/"),
    "settings of a help desk": ("manager", "/groups/{group}/help/settings/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
