"""Who does what at a call, as a short section of its page."""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.meetings.call_role_rules import is_to_come, may_take_turn_at
from folkmoot.meetings.call_roles_page import RoleLine
from folkmoot.meetings.call_roles_reading import are_in_use, roles_at
from folkmoot.meetings.models import Meeting
from folkmoot.ui.chrome import signed_in_person

register = template.Library()


@register.simple_tag(takes_context=True)
def who_does_what(context: Context, meeting: Meeting) -> SafeString:
    """The roles of a call that takes place: with names and a button for who is signed in, else taken or not.

    Two queries, one for a group that does nothing with call roles; one more for who is signed in.
    """
    if not meeting.is_planned:
        return SafeString("")
    request = context["request"]
    person = signed_in_person(request)
    may_take = person is not None and bool(is_to_come(meeting)) and bool(may_take_turn_at(person, meeting))
    if not may_take and not are_in_use(meeting.group):
        return SafeString("")
    lines = []
    for one in roles_at(meeting):
        is_mine = person is not None and one.turn is not None and one.turn.person_id == person.pk
        lines.append(RoleLine(one.role, one.turn, is_mine, may_take, False))
    if not may_take and all(line.turn is None for line in lines):
        # To whom nothing is open, that nobody has a role tells nothing.
        return SafeString("")
    values = {"lines": lines, "meeting": meeting, "person": person}
    return render_to_string("meetings/roles/section.html", values, request)
