"""Notices' lines in the person's menu, and their place on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from folkmoot.notices.panels import desk_panel
from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import PERSON_MENU, DeskPanel, MenuLine, add_desk_panel


def fill() -> None:
    """Hang our lines into the menu, and the newest notices onto the desk."""
    PERSON_MENU.register("notices", MenuLine(_("Notices"), "notices"), order=10, by=__name__)
    PERSON_MENU.register("outbox", MenuLine(_("Outbox"), "outbox", _for_stewards), order=60, by=__name__)
    add_desk_panel(DeskPanel("notices", 20, desk_panel))


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))
