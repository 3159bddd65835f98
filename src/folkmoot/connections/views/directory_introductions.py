"""Asking to be introduced, answering, and introducing two others."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.connections.actions.directory_introductions import (
    Reach,
    ask_introduction,
    say_not_now,
    say_yes,
    suggest_introduction,
    withdraw_introduction,
)
from folkmoot.connections.forms.directory import AskForm, IntroduceForm, ReachForm
from folkmoot.connections.models.directory import Introduction
from folkmoot.connections.queries.directory import directory_for
from folkmoot.connections.queries.directory_introductions import (
    done_for,
    introduction_for,
    reached,
    waiting_for,
    ways_shown,
    wished_by,
)
from folkmoot.connections.rules.directory import may_ask, may_introduce, may_withdraw
from folkmoot.connections.views.directory import card
from folkmoot.groups.models import Group
from folkmoot.groups.queries import participations_now
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.people.shown import profile_for
from folkmoot.ui.messages import say

DONE_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody in the directory, and the form to ask to be introduced; 404 for whom the reader does not find."""
    reader = signed_in(request)
    of = directory_for(reader, only=pk)
    found = of.one(pk)
    if found is None:
        raise Http404
    asked = of.people[pk]
    verdict = may_ask(reader, asked, now=timezone.now())
    if request.method == "POST":
        require(verdict)
    form = AskForm(request.POST if request.method == "POST" else None, reader.email)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = ask_introduction(asked, why=given["why"], reach=Reach(given["mail"], given["reach"]), by=reader)
        except Refused as refused:
            if refused.code not in {"invalid", "no_way"}:
                raise
            form.add_error("why" if refused.code == "invalid" else "mail", refused.message)
        else:
            say(request, _("Asked. %(name)s decides, in their own time.") % {"name": asked.name})
            return redirect("introduction", made.pk)
    context = {
        "card": card(request, of, found),
        "form": form,
        "verdict": verdict,
        "has_profile": profile_for(asked, reader) is not None,
    }
    return render(request, "connections/directory/person.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
@login_required
def introductions(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what they wait for, and to whom they were introduced."""
    reader = signed_in(request)
    context = {
        "waiting": list(waiting_for(reader)),
        "wished": list(wished_by(reader)),
        "done": [(one, one.other_than(reader)) for one in done_for(reader)[:DONE_SHOWN]],
        "reader": reader,
    }
    return render(request, "connections/directory/introductions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the reader's introductions: to answer, to wait for, or come about."""
    reader = signed_in(request)
    one = introduction_for(reader, pk)
    if one is None:
        if not reached(reader, pk):
            raise Http404
        # Answered, taken back, or kept apart by either of the two: it reads the same.
        status = 409 if request.method == "POST" else 200
        return render(request, "connections/directory/closed.html", status=status)
    answer = request.POST.get("answer", "")
    form = ReachForm(request.POST if request.method == "POST" else None, reader.email)
    if request.method == "POST":
        if answer == "withdraw":
            withdraw_introduction(one, by=reader)
            say(request, _("Taken back. Nobody is told."))
            return redirect("introductions")
        if answer == "not_now":
            say_not_now(one, by=reader)
            say(request, _("Noted. They are told kindly, without a reason."))
            return redirect("introductions")
        if answer != "yes":
            form.add_error(None, _("Please choose one of the options."))
        elif form.is_valid():
            try:
                say_yes(one, reach=Reach(form.cleaned_data["mail"], form.cleaned_data["reach"]), by=reader)
            except Refused as refused:
                if refused.code not in {"invalid", "no_way"}:
                    raise
                form.add_error("mail", refused.message)
            else:
                return redirect("introduction", one.pk)
    context = _context(one, reader) | {"form": form}
    return render(request, "connections/directory/introduction.html", context, status=400 if form.errors else 200)


def _context(one: Introduction, reader: Person) -> dict[str, object]:
    side = one.side_of(reader)
    other = one.other_than(reader) if side else None
    return {
        "one": one,
        "other": other,
        "waits": one.waits_for(reader),
        "ways": ways_shown(one, reader) if other else [],
        "own_ways": one.ways_to(reader),
        "may_withdraw": one.is_open and bool(may_withdraw(reader, one)),
        "has_profile": other is not None and profile_for(other, reader) is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def introduce(request: HttpRequest, slug: str) -> HttpResponse:
    """Two people of a group, both in the directory, who may like to know each other."""
    reader, group = signed_in(request), get_object_or_404(Group, slug=slug)
    require(may_introduce(reader, group))
    here = set(participations_now(group).values_list("person", flat=True))
    people = sorted(
        ((one.key, one.name) for one in directory_for(reader).shown if one.key in here),
        key=lambda pair: pair[1].casefold(),
    )
    form = IntroduceForm(request.POST if request.method == "POST" else None, people)
    if request.method == "POST" and form.is_valid():
        pair = Person.objects.in_bulk([int(form.cleaned_data["one"]), int(form.cleaned_data["other"])])
        one, other = (pair[int(form.cleaned_data[name])] for name in ("one", "other"))
        try:
            made = suggest_introduction(group, one, other, why=form.cleaned_data["why"], by=reader)
        except Refused as refused:
            form.add_error("other" if refused.code == "invalid" else None, refused.message)
        else:
            say(request, _("Asked. Both decide for themselves."))
            return redirect("introduction", made.pk)
    context = {"group": group, "form": form, "enough": len(people) > 1}
    return render(request, "connections/directory/introduce.html", context, status=400 if form.errors else 200)
