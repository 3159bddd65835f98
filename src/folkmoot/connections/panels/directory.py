"""The directory on the page that gathers the ways, introductions on the desk, and people as the search finds them."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.connections import own_search_of_directory
from folkmoot.connections.hub import add_way
from folkmoot.connections.models.directory import Findable
from folkmoot.connections.queries.directory_introductions import waiting_for
from folkmoot.connections.rules.directory import may_introduce
from folkmoot.groups.models import Group
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel

SHOWN = 5


def fill() -> None:
    """Hang what we show where it belongs."""
    add_way("directory", way, order=30)
    add_desk_panel(DeskPanel("introductions", 12, introductions_that_wait))
    own_search_of_directory.fill()


def way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """Where to find people and to be found; of everybody also what waits, of a group also introducing: two queries."""
    person = signed_in_person(request)
    if person is None:
        return None
    context = {
        "group": group,
        "is_findable": Findable.objects.filter(person=person).exists(),
        "waiting": waiting_for(person).count() if group is None else 0,
        "leads": group is not None and bool(may_introduce(person, group)),
    }
    return render_to_string("connections/directory/way.html", context, request)


def introductions_that_wait(request: HttpRequest) -> SafeString | None:
    """What the reader was asked and has not answered; one query."""
    person = signed_in_person(request)
    if person is None:
        return None
    waiting = list(waiting_for(person)[:SHOWN])
    context = {"waiting": waiting, "reader": person}
    return render_to_string("connections/directory/waiting.html", context, request) if waiting else None
