"""Who gets what on the pages of minutes; the words are explained in `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import INSIDE, LEADS, MANAGER, Row, of_group
from tests.architecture.world import World


def of_draft_minutes(world: World) -> dict[str, Any]:
    return {"pk": world.minutes.draft.pk}


def of_minutes_item(world: World) -> dict[str, Any]:
    return {"pk": world.minutes.item.pk}


def of_published_minutes(world: World) -> dict[str, Any]:
    return {"pk": world.minutes.published.pk}


def of_wanted_change(world: World) -> dict[str, Any]:
    return {"pk": world.minutes.wanted.pk}


MINUTES: dict[str, Row] = {
    "meetings/<int:pk>/minutes/": Row(INSIDE, "in 405", at=of_draft_minutes),
    "meetings/<int:pk>/minutes/begin/": Row("in 405", MANAGER.format("go"), at=of_draft_minutes),
    "meetings/<int:pk>/minutes/write/": Row(LEADS, MANAGER.format("go"), at=of_draft_minutes),
    "minutes-changes/<int:pk>/answer/": Row(LEADS, MANAGER.format(400), at=of_wanted_change),
    "groups/<slug:slug>/calls/minutes/": Row(LEADS, MANAGER.format(400), at=of_group),
    "meetings/<int:pk>/minutes/add/": Row(LEADS, MANAGER.format(400), at=of_draft_minutes),
    "meetings/<int:pk>/minutes/level/": Row(
        "in 405", MANAGER.format("go"), at=of_draft_minutes, data=lambda world: {"level": "private"}
    ),
    "meetings/<int:pk>/minutes/propose/": Row(LEADS, MANAGER.format(400), at=of_draft_minutes),
    "meetings/<int:pk>/minutes/approve/": Row("in 405", "in 403", at=of_draft_minutes),
    "meetings/<int:pk>/minutes/change-wanted/": Row("in 405", "in 403", at=of_draft_minutes),
    "meetings/<int:pk>/minutes/check/": Row(LEADS, MANAGER.format(400), at=of_draft_minutes),
    "meetings/<int:pk>/minutes/publish/": Row("in 405", MANAGER.format("go"), at=of_draft_minutes),
    "meetings/<int:pk>/minutes/published/": Row("200", at=of_published_minutes),
    "meetings/<int:pk>/minutes.md": Row("200", at=of_published_minutes),
    "meetings/<int:pk>/minutes.pdf": Row("200", at=of_published_minutes),
    "groups/<slug:slug>/minutes.atom": Row("200", at=of_group),
    # Older minutes are brought in, and all taken out, by those who lead
    "groups/<slug:slug>/minutes/import/": Row(LEADS, MANAGER.format(400), at=of_group),
    "groups/<slug:slug>/minutes/import/answers/": Row("in 405", MANAGER.format("go"), at=of_group),
    "groups/<slug:slug>/minutes/import/take-in/": Row("in 405", MANAGER.format("go"), at=of_group),
    "groups/<slug:slug>/minutes/import/leave/": Row("in 405", MANAGER.format("go"), at=of_group),
    "groups/<slug:slug>/minutes/import/delete/": Row("in 405", MANAGER.format("go"), at=of_group),
    "groups/<slug:slug>/minutes.zip": Row(LEADS, "in 405", at=of_group),
    "minutes-items/<int:pk>/change/": Row(LEADS, MANAGER.format(400), at=of_minutes_item),
    "minutes-items/<int:pk>/public/": Row(LEADS, MANAGER.format(400), at=of_minutes_item),
    "minutes-items/<int:pk>/correct/": Row(LEADS, MANAGER.format(400), at=of_minutes_item),
}
