"""What plan shows on other pages: on a group's how far the year has come, on one's own desk what is due."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.plan.models import ActivityState
from folkmoot.plan.queries import week_of
from folkmoot.plan.rows import own_rows
from folkmoot.plan.words_for_states import ACTIVITY_TONES
from folkmoot.ui.chrome import signed_in_person

MOST_ON_DESK = 6


def year_so_far(request: HttpRequest, group: Group) -> SafeString | None:
    """The activities of this year with their states, in one query; nothing until one of them has moved."""
    year = today_here().year
    found = list(group.year_activities.filter(year=year, retired_on=None))
    if not any(one.state != ActivityState.NOT_BEGUN for one in found):
        return None
    lines = [(one, ACTIVITY_TONES[ActivityState(one.state)]) for one in found]
    return render_to_string("plan/year_so_far.html", {"group": group, "year": year, "lines": lines}, request)


def my_tasks(request: HttpRequest) -> SafeString | None:
    """What the reader has to do that is late or due within a week, in two queries; nothing when there is nothing."""
    person = signed_in_person(request)
    if person is None:
        return None
    today = today_here()
    week = week_of(person, today=today)
    due = [*week.overdue, *week.this_week]
    if not due:
        return None
    rows = own_rows(due[:MOST_ON_DESK], person, today=today)
    return render_to_string("plan/tasks/on_desk.html", {"rows": rows, "more": len(due) - len(rows)}, request)
