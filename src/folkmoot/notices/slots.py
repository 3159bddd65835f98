"""Notices' lines in the person's menu, and their place on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from folkmoot.notices.panels import desk_panel
from folkmoot.notices.queries import UNREAD, unread_along
from folkmoot.people.rules import is_steward
from folkmoot.people.signed_in import READ_ALONG
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import PERSON_MENU, DeskPanel, MenuLine, Waiting, add_desk_panel


def fill() -> None:
    """Hang our lines into the menu, with how much is new, and the newest notices onto the desk."""
    READ_ALONG.register(UNREAD, unread_along, by=__name__)
    PERSON_MENU.register(
        "notices", MenuLine(_("Notices"), "notices", waiting=_unread, keys="g n"), order=10, by=__name__
    )
    PERSON_MENU.register("outbox", MenuLine(_("Outbox"), "outbox", _for_stewards), order=60, by=__name__)
    add_desk_panel(DeskPanel("notices", 20, desk_panel))


def _unread(request: HttpRequest) -> Waiting | None:
    number: int = getattr(signed_in_person(request), UNREAD, 0)
    words = ngettext("%(number)d new notice.", "%(number)d new notices.", number)
    return Waiting(number, words % {"number": number}) if number else None


def _for_stewards(request: HttpRequest) -> bool:
    return is_steward(signed_in_person(request))
