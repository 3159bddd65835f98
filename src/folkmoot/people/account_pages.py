"""Pages around one's account that the sign-in library does not have, and the stewards' page of people who wait."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.proof_forms import ProofForm
from folkmoot.people.proving import address_for_proof, check_code, send_code, waits_for_code
from folkmoot.people.queries import devices_of, sign_ups
from folkmoot.people.reader import signed_in
from folkmoot.people.rules import may_run_the_installation
from folkmoot.people.sessions import end_session_of, end_sessions
from folkmoot.people.waiting import let_in, turn_away
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Where a person is signed in; POST ends all other sessions."""
    person = signed_in(request)
    if request.method == "POST":
        end_sessions(person, but=request.session.session_key)
        say(request, _("You are signed out everywhere but here."))
        return redirect("usersessions_list")
    listed = devices_of(person, request.session.session_key or "")
    return render(request, "usersessions/devices.html", {"devices": listed})


@never_cache
@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one of one's own devices out."""
    end_session_of(signed_in(request), session_id, but=request.session.session_key or "")
    say(request, _("That device is signed out."))
    return redirect("usersessions_list")


@never_cache
@sensitive_post_parameters("code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove_by_code(request: HttpRequest) -> HttpResponse:
    """Before something about the account changes: a code by mail, for people who have nothing else to show."""
    person, next_url = signed_in(request), local_next(request, "/")
    form = ProofForm(request.POST if "code" in request.POST else None)
    problem = ""
    if request.method == "POST":
        try:
            if "code" not in request.POST:
                send_code(request, person)
            elif form.is_valid():
                check_code(request, form.cleaned_data["code"])
                return redirect(next_url)
        except Refused as refused:
            if form.is_bound:
                form.add_error("code", refused.message)
            problem = refused.message
    return render(
        request,
        "account/prove_by_code.html",
        {
            "form": form,
            "next": next_url,
            "sent": waits_for_code(request),
            "address": address_for_proof(person),
            "problem": problem,
        },
    )


@require_safe
def sign_up_waiting(request: HttpRequest) -> HttpResponse:
    """What somebody reads whose account waits for a steward."""
    return render(request, "people/sign_up_waiting.html")


@never_cache
@require_safe
@login_required
def waiting_people(request: HttpRequest) -> HttpResponse:
    """Who waits, and who was turned away."""
    require(may_run_the_installation(request.user))
    waiting, turned_away = sign_ups()
    return render(request, "people/waiting_people.html", {"waiting": waiting, "turned_away": turned_away})


@never_cache
@login_required
@require_POST
def let_in_person(request: HttpRequest, held_id: int) -> HttpResponse:
    """Open an account that waited."""
    person = let_in(held_id, by=signed_in(request))
    say(request, _("%(name)s is in, and is told so.") % {"name": person.name})
    return redirect("waiting_people")


@never_cache
@login_required
@require_POST
def turn_person_away(request: HttpRequest, held_id: int) -> HttpResponse:
    """Leave an account closed."""
    person = turn_away(held_id, by=signed_in(request))
    say(request, _("%(name)s is not let in. You can change that further down.") % {"name": person.name})
    return redirect("waiting_people")
