"""The stewards' line to the people who wait."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import PERSON_MENU, MenuLine


def fill() -> None:
    """Hang our line into the menu."""
    PERSON_MENU.register("waiting", MenuLine(_("Waiting people"), "waiting_people", _stewards), order=55, by=__name__)


def _stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))
