"""The polls of a group, a new one, and what those who lead do with one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.availability.actions import close_poll, make_call_of, make_poll, make_series_of, remove_answer
from folkmoot.availability.forms import NewPollForm, SettleForm
from folkmoot.availability.models import NamesFor, OpenTo, Poll, Sort
from folkmoot.availability.poll_page import PollPage
from folkmoot.availability.queries import poll_with_token, polls_of
from folkmoot.availability.rules import may_make_poll, may_run_poll, may_see_polls
from folkmoot.availability.times import first_call, series_pattern
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.domain.left_out import LeavesOut
from folkmoot.meetings.domain.pattern import plans_of
from folkmoot.meetings.preview import Follows, what_follows
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import Reader, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

FIELD_OF = {"closes_at": "closes_on", "days": "from_day"}
MOST_DIGITS = 12


@require_safe
@never_cache
@login_required
def polls(request: HttpRequest, slug: str) -> HttpResponse:
    """The polls of a group: what is open, and what came of the others; one query for all of them."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_see_polls(person, group))
    context = {
        "group": group,
        "polls": list(polls_of(group)[:50]),
        "now": timezone.now(),
        "may_make": bool(may_make_poll(person, group)),
    }
    return render(request, "availability/polls.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a group when people are free."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_make_poll(person, group))
    initial = {
        "sort": Sort.WEEK,
        "weekdays": [0, 1, 2, 3, 4],
        "starts": 8 * 60,
        "ends": 20 * 60,
        "zone": reader_of(request).zone,
        "minutes": 60,
        "step": 30,
        "closes_on": today_here() + timedelta(days=10),
        "open_to": OpenTo.LINK,
        "names_for": NamesFor.GROUP,
    }
    form = NewPollForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            poll = make_poll(group, form.words, by=person)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            field = FIELD_OF.get(field, field)
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say(request, _("The poll is open, and the group has been told. Share its link with whoever else may come."))
            return redirect(poll)
    return form_page(request, "availability/new_poll.html", form, group=group)


@sensitive_variables("token")
@never_cache
@login_required
@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    """Take no more answers."""
    poll = poll_or_404(token)
    close_poll(poll, by=signed_in(request))
    say(request, _("The poll is closed."))
    return redirect(poll)


@sensitive_variables("token")
@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Take an answer of a guest out."""
    poll, person = poll_or_404(token), signed_in(request)
    require(may_run_poll(person, poll))
    answer = get_object_or_404(poll.answers.select_related("poll__group"), pk=pk, person=None)
    remove_answer(answer, by=person)
    say(request, _("The answer was taken out."))
    return redirect(f"{reverse('poll', args=[token])}#answers")


@sensitive_variables("token")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, token: str) -> HttpResponse:
    """Make a regular call or a single one of a time that was found; first shown as it would be."""
    poll, person = poll_or_404(token), signed_in(request)
    require(may_run_poll(person, poll))
    key = _key(request.POST.get("time", request.GET.get("time", "")))
    reader = reader_of(request)
    page = PollPage(poll, reader.zone, reader.clock, sees_names=True)
    found = page.finder.at(key)
    if found is None:
        raise Http404
    form = SettleForm(request.POST if request.method == "POST" else None, initial={"every": 1 if poll.is_weekly else 0})
    if request.method == "POST" and form.is_valid():
        every = form.cleaned_data["every"]
        try:
            if every:
                make_series_of(poll, key, every=every, by=person)
                said = _("The calls are in the calendar, and everybody has been told.")
            else:
                make_call_of(poll, key, by=person)
                said = _("The call is in the calendar, and everybody has been told.")
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, said)
            return redirect(poll)
    context = {
        "poll": poll,
        "group": poll.group,
        "time": page.time_of(found),
        "follows": _follows(poll, key, reader),
        "key": key,
    }
    return form_page(request, "availability/settle.html", form, **context)


def _follows(poll: Poll, key: int, reader: Reader) -> Follows:
    """The first calls, were they weekly."""
    now = timezone.now()
    first = first_call(poll, key, now=now, again=True).local
    plans = plans_of(series_pattern(first, 1), first.date(), poll.zone, first=first.date())
    return what_follows(plans, LeavesOut(), from_day=first.date(), now=now, clock=reader.clock)


def poll_or_404(token: str) -> Poll:
    """The poll of an address."""
    poll = poll_with_token(token)
    if poll is None:
        raise Http404
    return poll


def reader_of(request: HttpRequest) -> Reader:
    """Zone and clock of whoever reads."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


def _key(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Http404
    return int(text)
