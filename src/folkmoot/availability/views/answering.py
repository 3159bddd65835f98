"""The page of a poll, on which people and guests say when they are free."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.availability.actions import (
    answer_as_guest,
    answer_poll,
    change_guest_answer,
    take_answer_back,
    take_guest_answer_back,
)
from folkmoot.availability.actions.answering import answer_path, answer_with_token
from folkmoot.availability.forms import GuestForm, GuestNameForm, HoursForm
from folkmoot.availability.models import Poll, PollAnswer
from folkmoot.availability.poll_page import PollPage
from folkmoot.availability.queries import answer_of, is_open_to_all, who_should_answer
from folkmoot.availability.rules import may_run_poll, may_see_names, may_see_poll, may_see_polls, takes_answers
from folkmoot.availability.views.polls import poll_or_404, reader_of
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.guards import limited
from folkmoot.people.models import Person
from folkmoot.people.reader import person_of
from folkmoot.ui.messages import say

RATE = "20/h"
"""How often one network may answer polls as a guest."""
MAIL_RATE = "5/h"
TO_ONE_ADDRESS = "3/d"


@dataclass(frozen=True)
class Filling:
    """What somebody fills in: the form, the hours that are marked, and how the page is to answer."""

    form: HoursForm
    free: tuple[int, ...]
    maybe: tuple[int, ...]
    status: int = 200
    problem: str = ""


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, token: str) -> HttpResponse:
    """The hours to mark, how many are free when, and the times that suit most; POST answers."""
    found, person = poll_or_404(token), person_of(request)
    verdict = may_see_poll(person, found)
    if not verdict and person is None:
        return redirect_to_login(request.get_full_path())
    require(verdict)
    mine = answer_of(found, person) if person is not None else None
    if request.method == "POST" and "rezone" not in request.POST:
        done = _answer_of_person(request, found, person, mine) if person is not None else _answer(request, found)
        if isinstance(done, HttpResponse):
            return done
        return _page(request, found, person, mine, done)
    return _page(request, found, person, mine, _shown(request, mine, GuestForm if person is None else HoursForm))


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What a guest answered, by the link that only they have: shown, changed, deleted. Opening it changes nothing."""
    answer = answer_with_token(token)
    if answer is None:
        raise Http404
    found = answer.poll
    if request.method == "POST" and "withdraw" in request.POST:
        take_guest_answer_back(answer)
        return render(request, "availability/deleted.html", {"poll": found, "group": found.group})
    if request.method == "POST" and "rezone" not in request.POST:
        form = GuestNameForm(request.POST)
        if not form.is_valid():
            return _page(request, found, None, answer, Filling(form, form.free, form.maybe, 400))
        if limited(request, "poll answer", RATE):
            return _page(request, found, None, answer, _too_often(form))
        try:
            given = form.cleaned_data
            change_guest_answer(answer, form.painted, name=given["name"], version=given["version"] or 0)
        except Refused as refused:
            answer = answer_with_token(token)
            if answer is None:
                raise Http404 from None
            return _page(request, found, None, answer, _refused(request, form, refused, answer.version))
        return _answered(request, answer)
    return _page(request, found, None, answer, _shown(request, answer, GuestNameForm))


def _answer_of_person(
    request: HttpRequest, found: Poll, person: Person, mine: PollAnswer | None
) -> HttpResponse | Filling:
    if "withdraw" in request.POST:
        take_answer_back(found, by=person)
        say(request, _("Your answer is deleted."))
        return redirect(found)
    form = HoursForm(request.POST)
    if not form.is_valid():
        return Filling(form, form.free, form.maybe, 400)
    try:
        answer_poll(found, form.painted, version=form.cleaned_data["version"] or 0, by=person)
    except Refused as refused:
        now = answer_of(found, person)
        return _refused(request, form, refused, now.version if now is not None else 0)
    say(request, _("Thank you. You can change your hours until the poll closes."))
    return redirect(f"{reverse('poll', args=[found.token])}#best")


def _answer(request: HttpRequest, found: Poll) -> HttpResponse | Filling:
    form = GuestForm(request.POST)
    if not form.is_valid():
        return Filling(form, form.free, form.maybe, 400)
    if form.trapped:
        return render(request, "availability/answered.html", {"poll": found, "group": found.group, "address": ""})
    given = form.cleaned_data
    mail = given["mail"]
    if limited(request, "poll answer", RATE) or (
        mail
        and (
            limited(request, "poll mail", MAIL_RATE)
            or limited(request, "poll mail", TO_ONE_ADDRESS, about=mail.casefold())
        )
    ):
        return _too_often(form)
    try:
        answer = answer_as_guest(
            found, form.painted, name=given["name"], mail=mail, once=given["once"], version=given["version"] or 0
        )
    except Refused as refused:
        version = refused.params.get("version", 0)
        return _refused(request, form, refused, version if isinstance(version, int) else 0)
    return _answered(request, answer)


def _answered(request: HttpRequest, answer: PollAnswer) -> HttpResponse:
    address = request.build_absolute_uri(answer_path(answer))
    context = {"poll": answer.poll, "group": answer.poll.group, "address": address, "mail": answer.mail}
    return render(request, "availability/answered.html", context)


def _too_often(form: HoursForm) -> Filling:
    words = _("Many answers came from your network within an hour. Please try again later; your hours are still here.")
    return Filling(form, form.free, form.maybe, 429, words)


def _refused(request: HttpRequest, form: HoursForm, refused: Refused, version: int) -> Filling:
    """The form again with what was marked, over the answer as it is now."""
    data = request.POST.copy()
    data["version"] = str(version)
    again = type(form)(data)
    field = str(refused.params.get("field", ""))
    if field in again.fields:
        again.add_error(field, refused.message)
        return Filling(again, form.free, form.maybe, 400)
    return Filling(again, form.free, form.maybe, 409, refused.message)


def _shown(request: HttpRequest, answer: PollAnswer | None, kind: type[HoursForm]) -> Filling:
    """The form as it is opened, or as it was when another zone was chosen."""
    if request.method == "POST":
        form = kind(initial={name: request.POST.get(name, "") for name in kind.base_fields})
        given = HoursForm(request.POST)
        return Filling(form, given.free, given.maybe)
    initial = {"zone": _zone(request), "version": answer.version if answer is not None else 0}
    if answer is not None:
        initial["name"] = answer.name
    form = kind(initial=initial)
    return Filling(form, tuple(answer.free) if answer else (), tuple(answer.maybe) if answer else ())


def _zone(request: HttpRequest) -> str:
    """The zone in which hours are shown: one that was asked for, else the reader's."""
    wanted = request.POST.get("zone", request.GET.get("zone", ""))
    try:
        return zones.canonical(wanted) if wanted else reader_of(request).zone
    except Refused:
        return reader_of(request).zone


def _page(
    request: HttpRequest, found: Poll, person: Person | None, mine: PollAnswer | None, filling: Filling
) -> HttpResponse:
    reader, now = reader_of(request), timezone.now()
    sees_names = bool(may_see_names(person, found))
    page = PollPage(found, _zone(request), reader.clock, sees_names)
    is_inside = person is not None and bool(may_see_polls(person, found.group))
    may_run = person is not None and bool(may_run_poll(person, found))
    takes = takes_answers(found, now=now)
    context = {
        "poll": found,
        "group": found.group,
        "page": page,
        "filling": filling,
        "form": filling.form,
        "squares": page.squares(filling.free, filling.maybe) if takes else [],
        "mine": mine,
        "is_guest": person is None or (mine is not None and mine.is_of_guest),
        "takes": takes,
        "is_inside": is_inside,
        "may_run": may_run,
        "left": list(who_should_answer(found)) if is_inside and sees_names and takes else [],
        "address": request.build_absolute_uri(found.get_absolute_url()) if is_open_to_all(found) else "",
    }
    return render(request, "availability/poll.html", context, status=filling.status)
