"""The desk's lines in the person's menu, and a group's tab of history."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.rules import is_steward
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import MAIN_MENU, PERSON_MENU, GroupTab, MenuLine, add_group_tab


def fill() -> None:
    """Hang our lines and our tab where they belong."""
    MAIN_MENU.register("search", MenuLine(_("Search"), "search", keys="/"), order=90, by=__name__)
    PERSON_MENU.register("desk", MenuLine(_("My desk"), "desk", keys="g d"), order=5, by=__name__)
    PERSON_MENU.register("overview", MenuLine(_("Looking after it"), "overview", _for_stewards), order=40, by=__name__)
    PERSON_MENU.register("history", MenuLine(_("History"), "history", _for_stewards), order=45, by=__name__)
    add_group_tab(GroupTab("history", _("History"), _history), order=95)


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))


def _history(group: Group) -> str:
    return reverse("group_history", args=[group.slug])
