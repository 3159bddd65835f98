"""Pages on which those who lead say where people meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import settle_call_place, settle_series_place
from folkmoot.meetings.following import setting_of
from folkmoot.meetings.forms.places import PlaceForm
from folkmoot.meetings.models import CallPlace
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting
from folkmoot.meetings.views.answering import form_page, meeting_or_404, person_of, signed_in
from folkmoot.meetings.where import place_of_call, place_of_series
from folkmoot.ui.messages import say

FIELDS = tuple(PlaceForm.base_fields)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_series(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Where all calls of a series are held."""
    group = get_object_or_404(Group, slug=slug)
    require(may_call_meeting(person_of(request), group))
    setting = setting_of(group, position)
    if setting is None:
        raise Http404

    def settle(given: dict[str, Any]) -> None:
        settle_series_place(group, position, **given, by=signed_in(request))

    back = reverse("all_series", args=[slug])
    return _page(request, place_of_series(group.pk, position), settle, back, group=group, setting=setting)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one call is held."""
    meeting = meeting_or_404(pk)
    require(may_change_meeting(person_of(request), meeting))

    def settle(given: dict[str, Any]) -> None:
        settle_call_place(meeting, **given, by=signed_in(request))

    back = meeting.get_absolute_url()
    return _page(request, place_of_call(meeting), settle, back, group=meeting.group, meeting=meeting)


def _page(
    request: HttpRequest,
    place: CallPlace | None,
    settle: Callable[[dict[str, Any]], None],
    back: str,
    **context: object,
) -> HttpResponse:
    initial = {name: getattr(place, name) for name in FIELDS} if place is not None else {}
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            settle(form.cleaned_data)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in FIELDS else None, refused.message)
        else:
            say(request, _("Where people meet is settled."))
            return redirect(back)
    return form_page(request, "meetings/place.html", form, back_url=back, **context)
