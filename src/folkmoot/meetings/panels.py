"""What meetings shows on other rooms' pages: the next call beside a group's name, how the group meets, its card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_of
from folkmoot.meetings.answers_page import choices
from folkmoot.meetings.attendance_reading import calls_to_ask_about, own_answers
from folkmoot.meetings.joint_reading import together_with
from folkmoot.meetings.lines import lines_with_gaps, sentences
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.plates import plate_of
from folkmoot.meetings.queries import next_meetings, upcoming_meetings
from folkmoot.people.reader import Reader
from folkmoot.ui.chrome import signed_in_person

LOOKED_AHEAD = 6
SHOWN_AHEAD = 4


def masthead(request: HttpRequest, group: Group) -> SafeString:
    """The time plate of the next call that takes place, and the cancelled ones before it."""
    coming = _coming(request, group)
    meeting = next((one for one in coming if one.is_planned), None)
    now = timezone.now()
    context: dict[str, Any] = {"group": group, "meeting": meeting}
    if meeting is not None:
        context["plate"] = plate_of(meeting, request.reader, now=now, is_next=True)  # type: ignore[attr-defined]
        context["together"] = together_with(meeting, group)
        context["cancelled"] = [one for one in coming if one.is_cancelled and one.starts_at <= meeting.starts_at]
    return render_to_string("meetings/masthead.html", context, request)


def how_we_meet(request: HttpRequest, group: Group) -> SafeString:
    """The series in words, and the next calls in the reader's time."""
    coming = _coming(request, group)
    reader: Reader = request.reader  # type: ignore[attr-defined]
    context = {
        "group": group,
        "lines": lines_with_gaps(coming[:SHOWN_AHEAD], reader, on=group, now=timezone.now()),
        "sentences": sentences([one for one in coming if one.group_id == group.pk], reader),
    }
    return render_to_string("meetings/how_we_meet.html", context, request)


def cards(request: HttpRequest, groups: Sequence[Group]) -> dict[int, SafeString]:
    """When each group meets next, in two queries for all of them."""
    coming = next_meetings(groups, now=timezone.now())
    return {
        key: render_to_string("meetings/card.html", {"meeting": meetings[0]}, request)
        for key, meetings in coming.items()
    }


def my_next_calls(request: HttpRequest) -> SafeString | None:
    """The next calls of the groups in which the reader takes part, soonest first; five queries for all of them.

    Whether they come is asked for the first one; what they said of the others stands beside these.
    """
    person = signed_in_person(request)
    if person is None:
        return None
    now = timezone.now()
    coming = next_meetings(groups_of(person), now=now, count=2)
    once = {one.pk: one for of_group in coming.values() for one in of_group}
    meetings = sorted(once.values(), key=lambda one: one.starts_at)[:SHOWN_AHEAD]
    if not meetings:
        return None
    prefetch_related_objects(meetings, "joined_groups")
    said = own_answers(person, meetings)
    asked = next((one for one in meetings if one.starts_at > now), None)
    rows = [
        (one, together_with(one, one.group), said.get(one.pk), choices(said.get(one.pk)) if one is asked else [])
        for one in meetings
    ]
    return render_to_string("meetings/my_next_calls.html", {"rows": rows}, request)


def were_you_there(request: HttpRequest) -> SafeString | None:
    """Calls under way or just over, to say with one button that one was there; one query. Nothing is asked twice."""
    person = signed_in_person(request)
    if person is None:
        return None
    now = timezone.now()
    meetings = calls_to_ask_about(person, groups_of(person), now=now)
    if not meetings:
        return None
    context = {"meetings": meetings[:SHOWN_AHEAD], "now": now}
    return render_to_string("meetings/were_you_there.html", context, request)


def _coming(request: HttpRequest, group: Group) -> list[Meeting]:
    """The coming meetings, asked for once for all that a page shows of them."""
    kept: dict[int, list[Meeting]] = request.__dict__.setdefault("coming_meetings", {})
    if group.pk not in kept:
        kept[group.pk] = list(upcoming_meetings(group, now=timezone.now())[:LOOKED_AHEAD])
    return kept[group.pk]
