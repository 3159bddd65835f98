"""What mentoring shows on the page of connections, and what waits on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.connections.domain.mentoring_terms import Phase
from folkmoot.connections.hub import add_way
from folkmoot.connections.queries.mentoring import pairs_waiting_for, programmes
from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.slots import DeskPanel, add_desk_panel

SHOWN = 5


def fill() -> None:
    """Hang the way on the page of connections, and what waits on the desk."""
    add_way("mentoring", way, order=50)
    add_desk_panel(DeskPanel("mentoring_that_waits", 14, pairs_that_wait))


def way(request: HttpRequest, group: Group | None) -> SafeString | None:
    """What it is, the programme that takes applications, and what waits for the reader; two queries.

    In a group only where it has or had a programme.
    """
    person = signed_in_person(request)
    if person is None:
        return None
    today = today_here()
    found = list(programmes(group)[:SHOWN])
    if group is not None and not found:
        return None
    waiting = list(pairs_waiting_for(person)[:SHOWN])
    context = {
        "open": next((one for one in found if one.phase(today) == Phase.OPEN), None),
        "waiting": [one for one in waiting if group is None or one.programme.group_id == group.pk],
        "group": group,
    }
    return render_to_string("connections/mentoring/way.html", context, request)


def pairs_that_wait(request: HttpRequest) -> SafeString | None:
    """Pairs that wait for a yes or no, or for how it goes; one query."""
    person = signed_in_person(request)
    waiting = list(pairs_waiting_for(person)[:SHOWN]) if person is not None else []
    return (
        render_to_string("connections/mentoring/pairs_that_wait.html", {"pairs": waiting}, request) if waiting else None
    )
