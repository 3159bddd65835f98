"""Office hours for whoever holds them: offering and changing them, days that are different, pausing, ending."""

from __future__ import annotations

from datetime import time

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.connections.actions.office_hours import (
    Followed,
    add_day,
    change_hours,
    end_hours,
    leave_day_out,
    move_day,
    offer_hours,
    pause_hours,
    resume_hours,
    take_day_back,
)
from folkmoot.connections.forms.office_hours import EndHoursForm, OfficeDayForm, OfficeHoursForm, said_of
from folkmoot.connections.models.office_hours import OfficeDay, OfficeDaySort, OfficeHours
from folkmoot.connections.office_hours_page import sittings_of
from folkmoot.connections.queries.office_hours import own_office_hours
from folkmoot.connections.rules.office_hours import may_end_hours, may_offer_hours
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import reader_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

MOST_OF_A_SLUG = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Offer office hours, for oneself or for the group that `group` names by its slug."""
    person = signed_in(request)
    slug = request.GET.get("group", "")[:MOST_OF_A_SLUG]
    group = get_object_or_404(Group, slug=slug) if slug else None
    require(may_offer_hours(person, group))
    today = today_here()
    initial = {
        "rhythm": 1,
        "first": today,
        "start": time(10),
        "zone": reader_of(request).zone,
        "minutes": 30,
        "slots": 2,
        "seats": 1,
        "gap": 0,
        "notice_hours": 12,
        "ahead_days": 28,
        "cancel_hours": 2,
        "most_each": 1,
        "open_to": "everyone",
    }
    form = OfficeHoursForm(
        request.POST if request.method == "POST" else None, initial=initial, has_group=group is not None
    )
    if request.method == "POST" and form.is_valid():
        try:
            hours = offer_hours(form.words, group=group, by=person)
        except Refused as refused:
            _put(form, refused)
        else:
            say(request, _("Your office hours are offered. Whoever books is told, and so are you."))
            return redirect(hours)
    return form_page(request, "connections/office_hours/form.html", form, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what office hours are like; whoever booked is told what is new for them."""
    person = signed_in(request)
    hours = own_office_hours(person, pk)
    form = OfficeHoursForm(
        request.POST if request.method == "POST" else None, initial=said_of(hours), has_group=hours.group is not None
    )
    if request.method == "POST" and form.is_valid():
        try:
            followed = change_hours(hours, form.words, by=person)
        except Refused as refused:
            _put(form, refused)
        else:
            say(request, _("Changed.") + _told(followed))
            return redirect(hours)
    return form_page(request, "connections/office_hours/form.html", form, hours=hours, group=hours.group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """The days that are different, and one more."""
    person = signed_in(request)
    hours = own_office_hours(person, pk)
    initial = {"sort": request.GET.get("sort", OfficeDaySort.LEFT_OUT), "day": request.GET.get("day", "")[:10]}
    form = OfficeDayForm(request.POST if request.method == "POST" else None, initial={**initial, "at": hours.start})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            match said["sort"]:
                case OfficeDaySort.LEFT_OUT:
                    followed = leave_day_out(hours, said["day"], by=person)
                case OfficeDaySort.MOVED:
                    followed = move_day(hours, said["day"], form.wall, by=person)
                case _:
                    followed = add_day(hours, form.wall, by=person)
        except Refused as refused:
            _put(form, refused)
        else:
            say(request, _("The day is changed.") + _told(followed))
            return redirect("office_days", hours.pk)
    shown = OfficeDay.objects.filter(hours=hours, day__gte=today_here())
    context = {"hours": hours, "days": list(shown), "sittings": sittings_of(hours, timezone.now())}
    return form_page(request, "connections/office_hours/days.html", form, **context)


@never_cache
@login_required
@require_POST
def day_back(request: HttpRequest, pk: int, day: int) -> HttpResponse:
    """A day is as planned again."""
    person = signed_in(request)
    hours = own_office_hours(person, pk)
    followed = take_day_back(get_object_or_404(hours.days.select_related("hours"), pk=day), by=person)
    say(request, _("The day is as planned again.") + _told(followed))
    return redirect("office_days", hours.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause office hours, open them again, or end them after a day; whoever leads their group may end them too."""
    person = signed_in(request)
    hours = get_object_or_404(OfficeHours.objects.select_related("host", "group"), pk=pk)
    if not may_end_hours(person, hours):
        raise Http404
    is_host = hours.host_id == person.pk
    do = request.POST.get("do", "")
    if do in ("pause", "resume"):
        if do == "pause":
            pause_hours(hours, by=person)
            say(request, _("Nobody can book for the time being. What is booked takes place."))
        else:
            resume_hours(hours, by=person)
            say(request, _("Slots can be booked again."))
        return redirect(hours)
    form = EndHoursForm(request.POST if request.method == "POST" else None, initial={"last_day": today_here()})
    if request.method == "POST" and form.is_valid():
        try:
            followed = end_hours(hours, form.cleaned_data["last_day"], by=person)
        except Refused as refused:
            _put(form, refused)
        else:
            say(request, _("They end after that day.") + _told(followed))
            return redirect(hours if is_host else "office_hours")
    return form_page(request, "connections/office_hours/stop.html", form, hours=hours, is_host=is_host)


def _put(form: OfficeHoursForm | OfficeDayForm | EndHoursForm, refused: Refused) -> None:
    """Say no beside the field that it is about; what may not be known to exist stays unknown."""
    if refused.code == "not_found":
        raise Http404
    field = str(refused.params.get("field", ""))
    form.add_error(field if field in form.fields else None, refused.message)


def _told(followed: Followed) -> str:
    """How many people were told, as a further sentence."""
    many = followed.moved + followed.called_off
    if not many:
        return ""
    words = ngettext("One person who had booked has been told.", "%(many)d people who had booked have been told.", many)
    return " " + words % {"many": many}
