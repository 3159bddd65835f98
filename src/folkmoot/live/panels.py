"""What a running call shows on the page of the call, and on one's own desk."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.groups.queries import groups_of
from folkmoot.live.call_reading import calls_on
from folkmoot.live.call_rules import CLOSES_BY_ITSELF_AFTER, may_open
from folkmoot.live.models import RunningCall
from folkmoot.live.rules import may_follow_call
from folkmoot.meetings.attendance_reading import times_of_call
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person
from folkmoot.ui.chrome import signed_in_person

MOST_ON_DESK = 4


def on_call_page(request: HttpRequest, meeting: Meeting, person: Person, now: datetime) -> SafeString | None:
    """That a call is on, with the way there; or the way to open it. Asks nothing long before and after."""
    if not meeting.is_planned or not times_of_call(meeting).has_opened(now):
        return None
    if now >= meeting.ends_at + CLOSES_BY_ITSELF_AFTER:
        return None
    call = RunningCall.objects.select_related("item").filter(meeting=meeting).first()
    if not (
        may_follow_call(person, meeting) if call is not None and call.is_on else may_open(person, meeting, now=now)
    ):
        return None
    return render_to_string("live/on_call_page.html", {"call": call, "meeting": meeting}, request)


def on_desk(request: HttpRequest) -> SafeString | None:
    """The calls of the reader's groups that are on now; one query, nothing when there are none."""
    person = signed_in_person(request)
    if person is None:
        return None
    calls = calls_on(groups_of(person))[:MOST_ON_DESK]
    if not calls:
        return None
    return render_to_string("live/on_desk.html", {"calls": calls}, request)
