"""People's lines in the menu of whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from folkmoot.people import own_search
from folkmoot.people.rules import is_steward, may_use_steward_mode
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import PERSON_MENU, MenuLine


def fill() -> None:
    """Hang our lines into the menu."""
    own_search.fill()
    PERSON_MENU.register("my_profile", MenuLine(_("Your profile"), "my_profile", keys="g p"), order=10, by=__name__)
    PERSON_MENU.register("my_data", MenuLine(_("What is kept about you"), "my_data"), order=30, by=__name__)
    PERSON_MENU.register(
        "waiting", MenuLine(_("Waiting people"), "waiting_people", _for_stewards), order=54, by=__name__
    )
    PERSON_MENU.register("people", MenuLine(_("People"), "people", _for_stewards), order=55, by=__name__)
    PERSON_MENU.register(
        "steward_mode",
        MenuLine(_("Switch steward mode on"), "steward_mode_on", _whose_mode_is_off, posts=True),
        order=90,
        by=__name__,
    )


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))


def _whose_mode_is_off(request: HttpRequest) -> bool:
    person = signed_in_person(request)
    return bool(may_use_steward_mode(person)) and not is_steward(person)
