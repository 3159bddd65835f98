"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.connections.hub import add_way
from folkmoot.connections.queries.chats import open_seats_beside, programmes_open_to
from folkmoot.connections.rules.chats import may_begin_chats
from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel


def fill() -> None:
    """A way on the page of all ways, and on the desk whom one was brought together with."""
    add_way("chats", chats_way, order=20)
    add_desk_panel(DeskPanel("chats", 11, chats_that_wait))


def chats_way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """The programmes that the reader may be in, or those of one group, and who waits for a chat with them."""
    person = signed_in_person(request)
    if person is None:
        return None
    programmes = programmes_open_to(person, group)
    waiting = open_seats_beside(person, today=today_here()) if group is None else []
    may_begin = not programmes and bool(may_begin_chats(person, group))
    if not programmes and not waiting and not may_begin and group is not None:
        return None
    context = {"programmes": programmes, "waiting": waiting, "group": group, "may_begin": may_begin}
    return render_to_string("connections/chats/way.html", context, request)


def chats_that_wait(request: HttpRequest) -> SafeString | None:
    """Those with whom the reader was brought together, as long as they have not said what became of it; one query."""
    person = signed_in_person(request)
    if not isinstance(person, Person):
        return None
    waiting = open_seats_beside(person, today=today_here())
    return render_to_string("connections/chats/waiting.html", {"waiting": waiting}, request) if waiting else None
