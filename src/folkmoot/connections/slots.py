"""Where this room hangs on the pages of others: a line in the main menu, and a tab of each group."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections import joined_answers, person_data, thankable
from folkmoot.connections.panels import (
    chats,
    directory,
    helping,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)
from folkmoot.connections.reactions import newcomers as _reactions_of_newcomers  # noqa: F401
from folkmoot.groups.models import Group
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import MAIN_MENU, GroupTab, MenuLine, add_group_tab


def fill() -> None:
    """Hang our line and our tab where they belong, and answer for what is kept about people."""
    MAIN_MENU.register("connections", MenuLine(_("Connections"), "connections", _signed_in), order=30, by=__name__)
    add_group_tab(GroupTab("connections", _("Connections"), _of_group, _for_people), order=32)
    for part in (chats, directory, helping, knowledge, mentoring, newcomers, office_hours, spaces, thanks):
        part.fill()
    person_data.fill()
    thankable.fill()
    joined_answers.fill()


def _signed_in(request: HttpRequest) -> bool:
    return signed_in_person(request) is not None


def _for_people(request: HttpRequest, _group: Group) -> bool:
    return _signed_in(request)


def _of_group(group: Group) -> str:
    return reverse("group_connections", args=[group.slug])
