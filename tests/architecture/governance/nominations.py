"""Who gets what at the addresses of this part of elections, and which of its pages a browser looks at."""

from __future__ import annotations

from typing import Any

from folkmoot.governance.nomination_links import decline_path
from tests.architecture.access_row import Row
from tests.architecture.world import World

AT = "groups/<slug:slug>/elections/<slug:key>/"


def of_announced(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "key": world.made["announced"].election.key}


def of_open(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "key": world.made["open"].election.key}


def of_candidate(world: World) -> dict[str, Any]:
    return {**of_announced(world), "pk": world.made["candidate"].pk}


def of_proposed(world: World) -> dict[str, Any]:
    return {**of_announced(world), "pk": world.made["proposed"].pk}


def of_question(world: World) -> dict[str, Any]:
    return {**of_open(world), "pk": world.made["question"].pk}


def of_link(world: World) -> dict[str, Any]:
    return {**of_announced(world), "token": decline_path(world.made["proposed"]).rstrip("/").rpartition("/")[2]}


INSIDE_BUT_OWN = "in 403 {0} 403 {0} 403 403"
INSIDE = "in 403 {0} {0} {0} 403 403"
OFFICER = "in 403 403 403 {0} 403 403"
OWN = "in 404 404 {0} 404 404 404"

ROWS: dict[str, Row] = {
    AT + "candidates/": Row("200", at=of_announced),
    AT + "candidates/<int:pk>/": Row("200", at=of_candidate),
    AT + "candidates/<int:pk>/endorse/": Row(INSIDE_BUT_OWN.format(200), INSIDE_BUT_OWN.format("go"), at=of_candidate),
    AT + "candidates/<int:pk>/endorse/take-back/": Row("in 405", INSIDE_BUT_OWN.format("go"), at=of_candidate),
    AT + "candidates/<int:pk>/judge/": Row(OFFICER.format(200), OFFICER.format(400), at=of_candidate),
    AT + "candidates/<int:pk>/let-stand/": Row("in 405", OFFICER.format(409), at=of_candidate),
    AT + "nominate/": Row(INSIDE.format(200), INSIDE.format(400), at=of_announced),
    AT + "nominations/<int:pk>/": Row(OWN.format(200), OWN.format(400), at=of_candidate),
    AT + "nominations/<int:pk>/decline/": Row("in 405", "in 404 go 404 404 404 404", at=of_proposed),
    AT + "nominations/<int:pk>/withdraw/": Row("in 405", OWN.format("go"), at=of_candidate),
    AT + "nominations/<int:pk>/appeal/": Row(OWN.format(403), OWN.format(403), at=of_candidate),
    AT + "nominations/<int:pk>/take-back/": Row("in 405", OWN.format("go"), at=of_proposed),
    AT + "nominations/no/<str:token>/": Row("200", "400", at=of_link),
    AT + "questions/": Row("200", at=of_open),
    AT + "questions/ask/": Row(INSIDE.format(200), INSIDE.format(400), at=of_open),
    AT + "questions/<int:pk>/answer/": Row(OWN.format(200), OWN.format(400), at=of_question),
    AT + "questions/<int:pk>/take-off/": Row(OFFICER.format(200), OFFICER.format(400), at=of_question),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "candidates of an election": (
        "participant",
        "/groups/{group}/elections/{made[announced].election.key}/candidates/",
    ),
    "one's own nomination": (
        "participant",
        "/groups/{group}/elections/{made[announced].election.key}/nominations/{made[candidate].pk}/",
    ),
    "questions to candidates": ("participant", "/groups/{group}/elections/{made[open].election.key}/questions/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
