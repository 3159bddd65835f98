"""Pages of meetings: one meeting, a group's meetings, and what its managers do with them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.calendar import feeds
from folkmoot.calendar.subscriptions import group_subscription
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import (
    add_extra_meeting,
    cancel_meeting,
    meet_anyway,
    move_meeting,
    restore_meeting,
)
from folkmoot.meetings.answers_page import AnswersPage
from folkmoot.meetings.beside import links_beside
from folkmoot.meetings.call_panels import panels_of
from folkmoot.meetings.call_role_rules import may_see_rota
from folkmoot.meetings.following import CallsFollow
from folkmoot.meetings.forms.calls import ExtraMeetingForm, MoveForm, ReasonForm
from folkmoot.meetings.lines import lines, lines_with_gaps, sentences
from folkmoot.meetings.minutes_reading import published_among
from folkmoot.meetings.minutes_rules import may_read_minutes
from folkmoot.meetings.offers import call_links
from folkmoot.meetings.pages import meeting_page
from folkmoot.meetings.queries import for_calendar, past_meetings, upcoming_meetings
from folkmoot.meetings.rules import may_call_meeting, may_change_meeting, may_see_join_link
from folkmoot.meetings.views.answering import form_page, meeting_or_404, person_of, reader_of, signed_in
from folkmoot.meetings.where import Where, place_of_call
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.ui.messages import say

ON_A_PAGE = 20


@require_safe
@kept_for_strangers
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when, where it is anchored, what the charter says, and how to get it into a calendar."""
    person = person_of(request)
    page = meeting_page(pk, reader_of(request), now=timezone.now())
    may_change = bool(may_change_meeting(person, page.meeting))
    where = None
    if page.place is not None:
        where = Where(page.place, may_join=person is not None and bool(may_see_join_link(person, page.meeting.groups)))
    reads_minutes = person is not None and page.minutes is not None and bool(may_read_minutes(person, page.meeting))
    context = {"page": page, "group": page.group, "may_change": may_change, "where": where}
    context["reads_minutes"] = reads_minutes
    if may_change:
        context["links"] = [link(page.meeting) for link in call_links]
    if person is not None:
        context["answers"] = AnswersPage(page.meeting, person, page.now)
        context["panels"] = panels_of(request, page.meeting, person, now=page.now)
    return render(request, "meetings/meeting.html", context)


@require_safe
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a file that any calendar can take in."""
    found = meeting_or_404(pk)
    return feeds.answer_single(
        request, for_calendar(found, place_of_call(found)), uid=found.uid, file_name=f"meeting-{found.pk}.ics"
    )


@require_safe
@kept_for_strangers
def group_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's meetings: all that are planned, and the past ones page by page."""
    group = get_object_or_404(Group, slug=slug)
    now = timezone.now()
    coming = list(upcoming_meetings(group, now=now))
    reader = reader_of(request)
    past = Paginator(past_meetings(group, now=now), ON_A_PAGE).get_page(request.GET.get("page"))
    charter = charter_in_force(group)
    calls = CallsFollow().followed(group, charter) if charter is not None else []
    context = {
        "lines": lines_with_gaps(coming, reader, on=group, now=now),
        "sentences": sentences([one for one in coming if one.group_id == group.pk], reader),
        "past": past,
        "past_lines": lines(list(past), reader, on=group, published=published_among(past)),
        "subscription": group_subscription(group),
        "may_add": bool(may_call_meeting(person_of(request), group)),
        "may_see_rota": bool(may_see_rota(person_of(request), group)),
        "beside": links_beside(group),
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
    found = meeting_or_404(pk)
    require(may_change_meeting(person_of(request), found))
    form = MoveForm(
        request.POST or None,
        first_zones=(found.zone, reader_of(request).zone),
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
                by=signed_in(request),
            )
        except Refused as refused:
            form.add_error("why" if refused.code == "invalid" else "day", refused.message)
        else:
            say(request, _("The call was moved, and every calendar that follows it will learn of it."))
            return redirect(found)
    return form_page(request, "meetings/move.html", form, meeting=found, group=found.group)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    found = meeting_or_404(pk)
    require(may_change_meeting(person_of(request), found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(found, why=form.cleaned_data["why"], by=signed_in(request))
        except Refused as refused:
            form.add_error("why", refused.message)
        else:
            say(request, _("The call was cancelled."), undo=reverse("restore_meeting", args=[found.pk]))
            return redirect(found)
    return form_page(request, "meetings/cancel.html", form, meeting=found, group=found.group)


@never_cache
@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a cancelled meeting take place after all."""
    found = meeting_or_404(pk)
    restore_meeting(found, by=signed_in(request))
    say(request, _("The call takes place after all."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def anyway(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a call take place although a holiday or a break falls on its day."""
    found = meeting_or_404(pk)
    meet_anyway(found, by=signed_in(request))
    say(request, _("The call takes place after all."))
    return redirect(found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting besides the regular ones."""
    group = get_object_or_404(Group, slug=slug)
    require(may_call_meeting(person_of(request), group))
    zone = reader_of(request).zone
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
                by=signed_in(request),
            )
        except Refused as refused:
            form.add_error("day", refused.message)
        else:
            say(request, _("The call is in the calendar."))
            return redirect(made)
    return form_page(request, "meetings/add.html", form, group=group)
