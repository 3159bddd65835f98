"""Groups' lines in the menus, and the first tabs of a group."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups import amendment_data
from folkmoot.groups.charter_words import CHARTER_WORDS
from folkmoot.groups.following import FOLLOWED, OwnFollower
from folkmoot.groups.models import Group
from folkmoot.groups.own_charter_word import OwnWord
from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import MAIN_MENU, PERSON_MENU, GroupTab, MenuLine, add_group_tab


def fill() -> None:
    """Hang our lines and tabs where they belong."""
    MAIN_MENU.register("groups", MenuLine(_("Groups"), "groups"), order=10, by=__name__)
    PERSON_MENU.register(
        "new_group", MenuLine(_("Bring in a charter"), "new_group", _for_stewards), order=50, by=__name__
    )
    add_group_tab(GroupTab("home", _("Home"), _home), order=10)
    add_group_tab(GroupTab("charter", _("Charter"), _charter), order=90)
    amendment_data.fill()
    FOLLOWED.register("groups", OwnFollower(), order=10)
    CHARTER_WORDS.register("groups", OwnWord(), order=10)


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))


def _home(group: Group) -> str:
    return reverse("group", args=[group.slug])


def _charter(group: Group) -> str:
    return reverse("charter", args=[group.slug])
