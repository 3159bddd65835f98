"""Pages of meetings: one meeting, a group's meetings, and what its managers do with them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.calendar import feeds
from folkmoot.calendar.subscriptions import group_subscription
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force, latest_version
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    add_extra_meeting,
    cancel_meeting,
    change_series,
    move_meeting,
    restore_meeting,
    return_to_charter,
)
from folkmoot.meetings.call_role_rules import may_see_rota
from folkmoot.meetings.following import CallsFollow, followed_call, setting_of
from folkmoot.meetings.forms.calls import ExtraMeetingForm, MoveForm, ReasonForm, SeriesForm
from folkmoot.meetings.lines import lines, sentences
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.pages import meeting_page
from folkmoot.meetings.queries import for_calendar, meeting_numbered, past_meetings, upcoming_meetings
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.models import Person
from folkmoot.people.reader import Reader, has_session
from folkmoot.ui.messages import say

ON_A_PAGE = 20


@require_safe
@kept_for_strangers
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when, where it is anchored, what the charter says, and how to get it into a calendar."""
    page = meeting_page(pk, _reader(request), now=timezone.now())
    may_change = bool(may_change_meeting(_person(request), page.meeting))
    return render(request, "meetings/meeting.html", {"page": page, "group": page.group, "may_change": may_change})


@require_safe
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a file that any calendar can take in."""
    found = _meeting(pk)
    return feeds.answer_single(request, for_calendar(found), uid=found.uid, file_name=f"meeting-{found.pk}.ics")


@require_safe
@kept_for_strangers
def group_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's meetings: all that are planned, and the past ones page by page."""
    group = get_object_or_404(Group, slug=slug)
    now = timezone.now()
    coming = list(upcoming_meetings(group, now=now))
    reader = _reader(request)
    past = Paginator(past_meetings(group, now=now), ON_A_PAGE).get_page(request.GET.get("page"))
    charter = charter_in_force(group)
    calls = CallsFollow().followed(group, charter) if charter is not None else []
    context = {
        "lines": lines(coming, reader),
        "sentences": sentences(coming, reader),
        "past": past,
        "past_lines": lines(list(past), reader),
        "subscription": group_subscription(group),
        "may_add": bool(may_call_meeting(_person(request), group)),
        "may_see_rota": bool(may_see_rota(_person(request), group)),
        "group": group,
        "different": [row for row in calls if row.differs],
        "calls": calls,
    }
    return render(request, "meetings/group_meetings.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a meeting be at another time."""
    found = _meeting(pk)
    require(may_change_meeting(_person(request), found))
    form = MoveForm(
        request.POST or None,
        first_zones=(found.zone, _reader(request).zone),
        initial={"day": found.starts.date(), "at": found.starts.time(), "zone": found.zone},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            move_meeting(
                found,
                to=given["to"],
                zone=given["zone"],
                fold=given["fold"],
                why=given["why"],
                by=_signed_in(request),
            )
        except Refused as refused:
            form.add_error("why" if refused.code == "invalid" else "day", refused.message)
        else:
            say(request, _("The call was moved, and every calendar that follows it will learn of it."))
            return redirect(found)
    return _form_page(request, "meetings/move.html", form, meeting=found, group=found.group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    found = _meeting(pk)
    require(may_change_meeting(_person(request), found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(found, why=form.cleaned_data["why"], by=_signed_in(request))
        except Refused as refused:
            form.add_error("why", refused.message)
        else:
            say(request, _("The call was cancelled."), undo=reverse("restore_meeting", args=[found.pk]))
            return redirect(found)
    return _form_page(request, "meetings/cancel.html", form, meeting=found, group=found.group)


@never_cache
@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a cancelled meeting take place after all."""
    found = _meeting(pk)
    restore_meeting(found, by=_signed_in(request))
    say(request, _("The call takes place after all."))
    return redirect(found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting besides the regular ones."""
    group = get_object_or_404(Group, slug=slug)
    require(may_call_meeting(_person(request), group))
    zone = _reader(request).zone
    known = upcoming_meetings(group, now=timezone.now()).first()
    anchor = known.zone if known else zone
    form = ExtraMeetingForm(request.POST or None, first_zones=(anchor, zone), initial={"zone": anchor})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = add_extra_meeting(
                group,
                title=given["title"],
                starts=given["to"],
                zone=given["zone"],
                fold=given["fold"],
                duration=form.duration,
                by=_signed_in(request),
            )
        except Refused as refused:
            form.add_error("day", refused.message)
        else:
            say(request, _("The call is in the calendar."))
            return redirect(made)
    return _form_page(request, "meetings/add.html", form, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Let all calls of a series be otherwise from a day on, or as the charter says again."""
    group = get_object_or_404(Group, slug=slug)
    require(may_call_meeting(_person(request), group))
    setting = setting_of(group, position)
    if setting is None:
        raise Http404
    plan = setting.plan
    initial = {
        "from_day": today_here(),
        "at": plan.at,
        "zone": plan.zone,
        "minutes": round(setting.series.duration.total_seconds() / 60),
    }
    form = SeriesForm(
        request.POST if request.method == "POST" else None,
        first_zones=(plan.zone, _reader(request).zone),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if "back" in request.POST:
                return_to_charter(group, position, from_day=given["from_day"], by=_signed_in(request))
            else:
                change_series(
                    group,
                    position,
                    from_day=given["from_day"],
                    local_time=given["at"].replace(second=0, microsecond=0),
                    zone=given["zone"],
                    duration=timedelta(minutes=given["minutes"]),
                    by=_signed_in(request),
                )
        except Refused as refused:
            form.add_error("from_day" if refused.code == "past" else None, refused.message)
        else:
            say(request, _("All calls from that day on are changed, and calendars that follow them learn of it."))
            return redirect("group_meetings", slug)
    row = followed_call(group, latest_version(group), setting)
    return _form_page(request, "meetings/change_series.html", form, group=group, row=row)


def _form_page(request: HttpRequest, template: str, form: object, **context: object) -> HttpResponse:
    errors = getattr(form, "errors", None)
    return render(request, template, {"form": form, **context}, status=400 if errors else 200)


def _meeting(pk: int) -> Meeting:
    found = meeting_numbered(pk)
    if found is None:
        raise Http404
    return found


def _reader(request: HttpRequest) -> Reader:
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


def _person(request: HttpRequest) -> Person | None:
    return request.user if has_session(request) and isinstance(request.user, Person) else None


def _signed_in(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
