"""Who gets what at the addresses of this part of connections, and which of its pages a browser looks at.

The hours are the manager's, for the people of their group; the participant has booked a slot.
"""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World

HOST = "in 404 404 404 {0} 404 404"


def of_hours(world: World) -> dict[str, Any]:
    return {"pk": world.made["office_hours"]}


def of_booking(world: World) -> dict[str, Any]:
    return {"pk": world.made["office_booking"]}


ROWS: dict[str, Row] = {
    "connections/office-hours/": Row("in 200"),
    "connections/office-hours/new/": Row("in 403 403 200 200 200 403", "in 403 403 400 400 400 403"),
    "connections/office-hours/<int:pk>/": Row("in 404 200 200 200 404 404", at=of_hours),
    "connections/office-hours/<int:pk>/book/": Row(
        "in 404 go go go 404 404",
        "in 404 go 400 go 404 404",
        at=of_hours,
        data=lambda world: {"slot": world.made["office_slot"]},
    ),
    "connections/office-hours/<int:pk>/change/": Row(HOST.format(200), HOST.format(400), at=of_hours),
    "connections/office-hours/<int:pk>/days/": Row(HOST.format(200), HOST.format(400), at=of_hours),
    "connections/office-hours/<int:pk>/days/<int:day>/back/": Row(
        "in 405",
        HOST.format("go"),
        at=lambda world: {"pk": world.made["office_hours"], "day": world.made["office_day"]},
    ),
    "connections/office-hours/<int:pk>/stop/": Row(
        "in 404 404 404 200 404 200", "in 404 404 404 400 404 400", at=of_hours
    ),
    "connections/office-hours/bookings/<int:pk>/": Row(
        "in 404 404 200 200 404 404",
        "in 404 404 go 403 404 404",
        at=of_booking,
        data=lambda world: {"do": "give_back"},
    ),
    "connections/office-hours/bookings/<int:pk>/calendar.ics": Row("in 404 404 200 200 404 404", at=of_booking),
    "connections/office-hours/give-back/<str:token>/": Row(
        "200", "400", at=lambda world: {"token": world.made["office_link"]}
    ),
}
"""As in `tests.architecture.access`; what an address needs is in `world.made`."""

PAGES: dict[str, tuple[str, str]] = {
    "office hours with their slots": ("observer", "/connections/office-hours/{made[office_hours]}/"),
    "office hours of one's own": ("manager", "/connections/office-hours/{made[office_hours]}/"),
    "form of office hours": ("manager", "/connections/office-hours/new/"),
}
"""As `SIGNED_IN` in tests/browser/test_pages.py: name, who looks, and address with `{group}` or `{made[key]}` in it."""
