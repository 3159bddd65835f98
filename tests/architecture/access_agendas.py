"""Who gets what on the pages of agendas; the words are explained in `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import CONTRIBUTOR, INSIDE, LEADS, MANAGER, Row, of_group, of_meeting
from tests.architecture.world import World


def of_agenda_item(world: World) -> dict[str, Any]:
    return {"pk": world.agenda.item.pk}


def of_agenda_request(world: World) -> dict[str, Any]:
    return {"pk": world.agenda.request.pk}


def of_material(world: World) -> dict[str, Any]:
    return {"pk": world.agenda.material.pk}


def of_guest_link(world: World) -> dict[str, Any]:
    return {"token": world.agenda.guest_path.rstrip("/").rpartition("/")[2]}


AGENDAS: dict[str, Row] = {
    "meetings/<int:pk>/agenda/": Row("200", at=of_meeting),
    "meetings/<int:pk>/agenda.md": Row("200", at=of_meeting),
    "meetings/<int:pk>/agenda/add/": Row(INSIDE, "in 403 400 400 400 403 400", at=of_meeting),
    "meetings/<int:pk>/agenda/order/": Row("in 405", MANAGER.format(409), at=of_meeting),
    "meetings/<int:pk>/agenda/fill/": Row("in 405", MANAGER.format("go"), at=of_meeting),
    "meetings/<int:pk>/agenda/guests/": Row(LEADS, MANAGER.format("go"), at=of_meeting),
    "agenda-requests/<str:token>/": Row("200", "400", at=of_guest_link),
    "agenda-items/<int:pk>/": Row(INSIDE, "in 405", at=of_agenda_item),
    "agenda-items/<int:pk>/change/": Row(LEADS, MANAGER.format(400), at=of_agenda_item),
    "agenda-items/<int:pk>/answer/": Row(
        "in 404 403 403 200 404 200", "in 404 403 403 400 404 400", at=of_agenda_request
    ),
    "agenda-items/<int:pk>/remove/": Row("in 405", MANAGER.format("go"), at=of_agenda_item),
    "agenda-items/<int:pk>/restore/": Row("in 405", MANAGER.format("go"), at=of_agenda_item),
    "agenda-items/<int:pk>/done/": Row("in 405", MANAGER.format("go"), at=of_agenda_item),
    "agenda-items/<int:pk>/reopen/": Row("in 405", MANAGER.format("go"), at=of_agenda_item),
    "agenda-items/<int:pk>/take-out/": Row("in 405", "in 403 go go go 403 go", at=of_agenda_item),
    "agenda-items/<int:pk>/materials/": Row(INSIDE, "in 403 400 400 400 403 400", at=of_agenda_item),
    "agenda-items/<int:pk>/files/": Row(INSIDE, "in 403 400 400 400 403 400", at=of_agenda_item),
    "agenda-items/<int:pk>/action/": Row(CONTRIBUTOR, "in 403 403 400 400 403 400", at=of_agenda_item),
    "agenda-materials/<int:pk>/answer/": Row("in 405", MANAGER.format("go"), at=of_material),
    "agenda-materials/<int:pk>/delete/": Row("in 403 403 200 200 403 200", "in 403 403 go go 403 go", at=of_material),
    "groups/<slug:slug>/agenda/": Row(LEADS, MANAGER.format(400), at=of_group),
}
