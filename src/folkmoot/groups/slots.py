"""Groups' lines in the menus, and the first tabs of a group."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups import own_search, panels
from folkmoot.groups.charter_words import CHARTER_WORDS
from folkmoot.groups.following import FOLLOWED, OwnFollower
from folkmoot.groups.models import Group
from folkmoot.groups.office_panels import handovers_for_you
from folkmoot.groups.own_charter_word import OwnWord
from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import (
    FOOTER,
    MAIN_MENU,
    PERSON_MENU,
    DeskPanel,
    GroupTab,
    MenuLine,
    add_desk_panel,
    add_group_tab,
)


def fill() -> None:
    """Hang our lines and tabs where they belong."""
    own_search.fill()
    MAIN_MENU.register("groups", MenuLine(_("Groups"), "groups", keys="g g"), order=10, by=__name__)
    PERSON_MENU.register(
        "new_group", MenuLine(_("Bring in a charter"), "new_group", _for_stewards), order=50, by=__name__
    )
    PERSON_MENU.register("proposals", MenuLine(_("Proposed groups"), "proposals", _for_stewards), order=51, by=__name__)
    PERSON_MENU.register(
        "groups_administration",
        MenuLine(_("Order of the groups"), "groups_administration", _for_stewards),
        order=52,
        by=__name__,
    )
    add_desk_panel(DeskPanel("handovers", 5, handovers_for_you))
    add_group_tab(GroupTab("home", _("Home"), _home), order=10)
    add_group_tab(GroupTab("seats", _("Seats"), _seats, lambda _request, group: group.has_seats), order=92)
    add_desk_panel(DeskPanel("waits_for_you", 5, panels.waits_for_you))
    add_group_tab(GroupTab("people", _("People"), _people), order=30)
    FOOTER.register("agreements", MenuLine(_("What we agree to"), "agreements"), order=30, by=__name__)
    add_group_tab(GroupTab("charter", _("Charter"), _charter), order=90)
    FOLLOWED.register("groups", OwnFollower(), order=10)
    CHARTER_WORDS.register("groups", OwnWord(), order=10)


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))


def _home(group: Group) -> str:
    return reverse("group", args=[group.slug])


def _people(group: Group) -> str:
    return reverse("group_people", args=[group.slug])


def _charter(group: Group) -> str:
    return reverse("charter", args=[group.slug])


def _seats(group: Group) -> str:
    return reverse("seats", args=[group.slug])
