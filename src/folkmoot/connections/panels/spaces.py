"""Circles and sessions on the page that gathers the ways of finding each other."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.connections.hub import add_way
from folkmoot.connections.models.spaces import Circle, CircleFor
from folkmoot.connections.models.spaces_circles import ASKED_BEFORE
from folkmoot.connections.models.spaces_sessions import SessionState
from folkmoot.connections.queries.spaces import sessions_for
from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_with_power
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of
from folkmoot.people.rules import is_steward

SHOWN = 4
OPEN = (SessionState.GATHERING, SessionState.VOTING)


def fill() -> None:
    """Hang our way on the page."""
    add_way("spaces", circles_and_sessions, order=60)


def circles_and_sessions(request: HttpRequest, group: Group | None) -> SafeString | None:
    """The reader's circles with what they wait for, and sessions that take notes or dots; two queries."""
    person = person_of(request)
    if person is None:
        return None
    mine = Circle.objects.filter(members__person=person, closed_at=None).select_related("group").order_by("name", "pk")
    if not is_steward(person):
        mine = mine.filter(Q(open_to=CircleFor.HERE) | Q(group__in=groups_with_power(person).values("pk")))
    sessions = sessions_for(person).filter(state__in=OPEN)
    if group is not None:
        mine = mine.filter(group=group)
        sessions = sessions.filter(group=group) | sessions.filter(circle__group=group)
    today = today_here()
    circles = [(circle, circle.ends_on <= today + ASKED_BEFORE) for circle in mine[:SHOWN]]
    context = {"circles": circles, "sessions": list(sessions[:SHOWN]), "group": group}
    return render_to_string("connections/spaces/way.html", context, request)
