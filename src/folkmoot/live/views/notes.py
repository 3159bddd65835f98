"""The page on which several people write the notes of a call at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.kit.verdict import require
from folkmoot.live.routes import keeps_open
from folkmoot.meetings.minutes_reading import minutes_items
from folkmoot.meetings.minutes_rules import may_write_minutes
from folkmoot.meetings.models import LONGEST_NOTES, Minutes
from folkmoot.people.reader import signed_in


@never_cache
@login_required
@require_safe
def write_together(request: HttpRequest, pk: int) -> HttpResponse:
    """All items of a draft, each with its shared text."""
    found = Minutes.objects.select_related("meeting__group", "meeting__slot__series").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(may_write_minutes(signed_in(request), found.meeting))
    if not found.is_draft:
        return redirect(found)
    context = {
        "minutes": found,
        "meeting": found.meeting,
        "group": found.meeting.group,
        "items": minutes_items(found),
        "longest": LONGEST_NOTES,
        "together": keeps_open(request),
    }
    return render(request, "live/write_together.html", context)
