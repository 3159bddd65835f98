"""Where this room hangs on the pages of others: a line in the main menu, and a tab of each group."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections import person_data
from folkmoot.connections.panels import chats
from folkmoot.connections.panels import directory
from folkmoot.connections.panels import helping
from folkmoot.connections.panels import spaces
from folkmoot.connections import person_data, thankable
from folkmoot.connections.panels import knowledge, thanks
from folkmoot.connections.panels import office_hours
from folkmoot.connections.panels import mentoring
from folkmoot.connections.panels import newcomers
from folkmoot.connections.reactions import newcomers as _reactions_of_newcomers  # noqa: F401
from folkmoot.groups.models import Group
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import MAIN_MENU, GroupTab, MenuLine, add_group_tab


def fill() -> None:
    """Hang our line and our tab where they belong, and answer for what is kept about people."""
    MAIN_MENU.register("connections", MenuLine(_("Connections"), "connections", _signed_in), order=30, by=__name__)
    add_group_tab(GroupTab("connections", _("Connections"), _of_group, _for_people), order=32)
    chats.fill()
    directory.fill()
    office_hours.fill()
    mentoring.fill()
    person_data.fill()
    helping.fill()
    spaces.fill()
    knowledge.fill()
    person_data.fill()
    thankable.fill()
    thanks.fill()
    newcomers.fill()


def _signed_in(request: HttpRequest) -> bool:
    return signed_in_person(request) is not None


def _for_people(request: HttpRequest, _group: Group) -> bool:
    return _signed_in(request)


def _of_group(group: Group) -> str:
    return reverse("group_connections", args=[group.slug])
