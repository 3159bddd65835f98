"""One's own profile, and everything that is kept about oneself: to see, to take out, to erase."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.people.actions import change_profile, erase_person, hand_out_data, state_comfortable_hours
from folkmoot.people.actions.erasing import check_typed_name
from folkmoot.people.export import kept_about
from folkmoot.people.forms.hours import HoursForm
from folkmoot.people.forms.profiles import ProfileForm, TypedNameForm
from folkmoot.people.models import ComfortableHours
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    """What I say of myself, and who sees it."""
    person = signed_in(request)
    form = ProfileForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(person, form.words(), by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("Your profile is kept as you wrote it."))
            return redirect("my_profile")
    return render(request, "people/my_profile.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_hours(request: HttpRequest) -> HttpResponse:
    """In which hours calls suit me; seen by nobody else."""
    person = signed_in(request)
    row = ComfortableHours.objects.filter(person=person).first()
    if request.method == "POST" and "usual" in request.POST:
        state_comfortable_hours(person, None, by=person)
        say(request, _("The usual hours count for you again."))
        return redirect("my_hours")
    form = HoursForm(row or ComfortableHours(person=person), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        state_comfortable_hours(person, form.stated(), by=person)
        say(request, _("Your hours are kept. Only you see them."))
        return redirect("my_hours")
    context = {"form": form, "is_stated": row is not None, "zone": zones.place(person.zone) if person.zone else ""}
    return render(request, "people/my_hours.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that any room keeps about me."""
    return render(request, "people/my_data.html", {"sections": kept_about(signed_in(request))})


@never_cache
@login_required
@require_POST
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    person = signed_in(request)
    return zip_answer(hand_out_data(person, by=person), "my-data.zip")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, and the name to type; only for somebody who has just shown that it is them."""
    person = signed_in(request)
    raise_if_reauthentication_required(request, app="account")
    form = TypedNameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            check_typed_name(person, form.cleaned_data["name"])
            erase_person(person, by=person)
        except Refused as refused:
            form.add_error("name" if refused.code == "invalid" else None, refused.message)
        else:
            logout(request)
            say(request, _("Your record is erased. Thank you for having been here."))
            return redirect("home")
    return render(
        request, "people/erase.html", {"form": form, "person": person, "own": True}, status=400 if form.errors else 200
    )


def zip_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
