"""What plan shows on a group's home page: how far the year has come."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.groups.models import Group
from folkmoot.organisation.queries import today_here
from folkmoot.plan.models import ActivityState
from folkmoot.plan.words_for_states import ACTIVITY_TONES


def year_so_far(request: HttpRequest, group: Group) -> SafeString | None:
    """The activities of this year with their states, in one query; nothing until one of them has moved."""
    year = today_here().year
    found = list(group.year_activities.filter(year=year, retired_on=None))
    if not any(one.state != ActivityState.NOT_BEGUN for one in found):
        return None
    lines = [(one, ACTIVITY_TONES[ActivityState(one.state)]) for one in found]
    return render_to_string("plan/year_so_far.html", {"group": group, "year": year, "lines": lines}, request)
