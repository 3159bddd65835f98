"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import MANAGER, Row, Values, of_group
from tests.architecture.world import World

ONE = "groups/<slug:slug>/elections/<slug:key>/"
OF_DRAFT = "in 404 404 404 {0} 404 {0}"


def of(state: str, **more: Any) -> Values:
    """The address of the election in a state, and what else stands in it."""

    def values(world: World) -> dict[str, Any]:
        return {"slug": world.group.slug, "key": world.made[state].election.key, **more}

    return values


ANNOUNCED = of("announced")
FIRST = of("draft", position=1)
ROWS: dict[str, Row] = {
    "groups/<slug:slug>/elections/begin/": Row(MANAGER.format(200), MANAGER.format(200), at=of_group),
    f"{ONE}announce/": Row(OF_DRAFT.format(200), OF_DRAFT.format("go"), at=of("draft")),
    f"{ONE}days/": Row(MANAGER.format(200), MANAGER.format(200), at=ANNOUNCED),
    f"{ONE}change/": Row(MANAGER.format(200), MANAGER.format(200), at=ANNOUNCED),
    f"{ONE}cancel/": Row(MANAGER.format(200), MANAGER.format(200), at=ANNOUNCED),
    f"{ONE}contests/": Row(OF_DRAFT.format(200), "in 405", at=of("draft")),
    f"{ONE}contests/add/": Row(MANAGER.format(200), MANAGER.format(200), at=ANNOUNCED),
    f"{ONE}contests/<int:position>/change/": Row(OF_DRAFT.format(200), OF_DRAFT.format(200), at=FIRST),
    f"{ONE}contests/<int:position>/remove/": Row("in 405", OF_DRAFT.format(409), at=FIRST),
    f"{ONE}messages/": Row(MANAGER.format(200), "in 405", at=ANNOUNCED),
    f"{ONE}messages/<slug:kind>/": Row(
        MANAGER.format(200), MANAGER.format(200), at=of("announced", kind="roles_wanted")
    ),
    f"{ONE}messages/<slug:kind>/send/": Row("in 405", MANAGER.format("go"), at=of("announced", kind="roles_wanted")),
    f"{ONE}messages/<slug:kind>/set-aside/": Row("in 405", MANAGER.format("go"), at=of("announced", kind="candidates")),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "begin an election": ("manager", "/groups/{group}/elections/begin/"),
    "messages of an election": ("manager", "{made[election_page]}messages/"),
    "an election that is announced": ("participant", "{made[election_page]}"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
