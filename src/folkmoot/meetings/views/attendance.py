"""Pages of who is at a call: for everybody who comes, and where one was oneself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions import answer_call, record_attendance, take_answer_back, withdraw_attendance
from folkmoot.meetings.answers_page import answered_words, time_shown
from folkmoot.meetings.attendance_page import attendance_page
from folkmoot.meetings.attendance_reading import calls_attended, closed_on
from folkmoot.meetings.models import Meeting, Says, Source
from folkmoot.meetings.views.answering import person_of, signed_in
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next

ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is at a call, or was; and saying that one is there oneself."""
    return say_here(request, pk) if request.method == "POST" else who_is_here(request, pk)


@kept_for_strangers
def who_is_here(request: HttpRequest, pk: int) -> HttpResponse:
    """The page: how many for everybody, who for those who take part."""
    page = attendance_page(pk, person_of(request), now=timezone.now())
    return render(request, "meetings/here.html", {"page": page, "group": page.group})


@never_cache
@login_required
def say_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is there, or is not; beforehand, whether one comes."""
    person, page = signed_in(request), attendance_page(pk, None, now=timezone.now())
    there = reverse("attendance", args=[pk])
    match request.POST.get("do"):
        case "here":
            record_attendance(page.meeting, person, by=person, source=Source.TAP)
            say(request, _("You are on the list of this call."), undo=reverse("not_here", args=[pk]))
        case "off":
            withdraw_attendance(page.meeting, person, by=person)
            say(request, _("You are not on the list of this call."))
        case Says.COMING | Says.MAYBE | Says.REGRET as says:
            _answer(request, page.meeting, Says(says))
            return redirect(local_next(request, there))
        case "open":
            take_answer_back(page.meeting, by=person)
            say(request, _("It is open again whether you come."))
            return redirect(local_next(request, there))
        case _:
            raise Refused(_("Please use one of the buttons of the page."), code="invalid")
    return redirect(there)


def _answer(request: HttpRequest, meeting: Meeting, says: Says) -> None:
    """Keep an answer and say so; one to a time that has changed since is asked for anew."""
    try:
        answer_call(meeting, says, by=signed_in(request), asked_for=time_shown(request.POST.get("at")))
    except Refused as refused:
        if refused.code != "moved":
            raise
        say(request, refused.message, level="warning")
    else:
        say(request, answered_words(says))


@never_cache
@login_required
@require_POST
def not_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that one was there."""
    person, page = signed_in(request), attendance_page(pk, None, now=timezone.now())
    withdraw_attendance(page.meeting, person, by=person)
    say(request, _("You are not on the list of this call."))
    return redirect("attendance", pk)


@never_cache
@require_safe
@login_required
def my_attendance(request: HttpRequest) -> HttpResponse:
    """The calls at which one was, the last first. Nothing is added up."""
    now = timezone.now()
    calls = Paginator(calls_attended(signed_in(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, closed_on(one.meeting, now=now) is None) for one in calls]
    return render(request, "meetings/my_attendance.html", {"calls": calls, "lines": lines})
