"""The page on which a group sees what its calls cost whom, and a fairer rotation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions.fair_times import adopt_rotation
from folkmoot.meetings.fair_times_page import fair_times_page
from folkmoot.meetings.fair_times_rules import may_adopt_rotation, may_see_fair_times
from folkmoot.meetings.views.answering import reader_of, signed_in
from folkmoot.ui.messages import say

LONGEST_NUMBER = 5


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fair_times(request: HttpRequest, slug: str) -> HttpResponse:
    """What the regular calls cost everybody, one's own share, and what would be fairer; POST changes to it."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_see_fair_times(person, group))
    may_adopt = may_adopt_rotation(person, group)
    position = _number(request.POST.get("calls", request.GET.get("calls", "")))
    why_refused = ""
    if request.method == "POST":
        require(may_adopt)
        try:
            adopt_rotation(group, position or 0, mark=request.POST.get("mark", ""), by=person)
        except Refused as refused:
            why_refused = refused.message
        else:
            say(request, _("Calls go round the fairer times, and everybody has been told."))
            return redirect(f"{reverse('fair_times', args=[slug])}?calls={position or 0}")
    page = fair_times_page(group, position, reader_of(request), person.pk, now=timezone.now())
    context = {"group": group, "page": page, "may_adopt": bool(may_adopt), "why_refused": why_refused}
    return render(request, "meetings/fair_times.html", context, status=409 if why_refused else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None
