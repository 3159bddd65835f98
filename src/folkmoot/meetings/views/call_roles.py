"""Pages of who does what at a call: taking a role, handing it back, asking for it, answering."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions.turns import accept_turn, ask_for_turn, decline_turn, hand_back, take_turn
from folkmoot.meetings.call_role_rules import may_set_call_roles
from folkmoot.meetings.call_roles_page import call_roles_page, day_of
from folkmoot.meetings.call_roles_reading import roles_at, roles_of
from folkmoot.meetings.forms.call_roles import AskForm
from folkmoot.meetings.models import Meeting, Turn
from folkmoot.meetings.views.answering import meeting_or_404
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.plan.who import people_in_any
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next


@never_cache
@require_safe
@login_required
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what at a call, and how far its checklist is."""
    meeting = meeting_or_404(pk)
    page = call_roles_page(meeting, signed_in(request), now=timezone.now())
    context = {"page": page, "meeting": meeting, "group": meeting.group, "form": _ask_form(request, meeting)}
    return render(request, "meetings/roles/call.html", context)


@never_cache
@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role at a call."""
    meeting = meeting_or_404(pk)
    turn = take_turn(meeting, request.POST.get("role", ""), by=signed_in(request))
    say(request, _("You are %(role)s at this call. Thank you.") % {"role": turn.role.name})
    return redirect(local_next(request, _roles_path(meeting)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to have a role at a call."""
    meeting = meeting_or_404(pk)
    require(may_set_call_roles(signed_in(request), meeting.group))
    form = _ask_form(request, meeting)
    if request.method == "POST" and form.is_valid():
        person: Person = form.cleaned_data["person"]
        try:
            turn = ask_for_turn(meeting, form.cleaned_data["role"], person, by=signed_in(request))
        except Refused as refused:
            form.add_error("role" if refused.code == "taken" else None, refused.message)
        else:
            words = _("You are %(role)s at this call.") if turn.is_taken else _("%(name)s was asked.")
            say(request, words % {"role": turn.role.name, "name": person.name})
            return redirect(_roles_path(meeting))
    context = {"form": form, "meeting": meeting, "group": meeting.group, "day": day_of(meeting)}
    return render(request, "meetings/roles/ask.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """A turn that somebody was asked to take: what it is about, and the answer. Opening the page changes nothing."""
    found, person = _turn(pk), signed_in(request)
    if found.person_id != person.pk:
        raise Http404
    if request.method == "POST":
        if "pass" in request.POST:
            decline_turn(found, by=person)
            say(request, _("You have passed. Somebody else will be found."))
        else:
            accept_turn(found, by=person)
            say(request, _("You are %(role)s at this call. Thank you.") % {"role": found.role.name})
        return redirect(_roles_path(found.meeting))
    context = {"turn": found, "meeting": found.meeting, "group": found.meeting.group, "day": day_of(found.meeting)}
    context["is_to_come"] = found.meeting.is_planned and found.meeting.starts_at > timezone.now()
    return render(request, "meetings/roles/turn.html", context)


@never_cache
@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a turn back, or no longer ask for it."""
    found = _turn(pk)
    hand_back(found, by=signed_in(request))
    if found.person_id == signed_in(request).pk:
        say(request, _("You have handed it back. Thank you for saying so."))
    else:
        say(request, _("The role is open again."))
    return redirect(local_next(request, _roles_path(found.meeting)))


def _ask_form(request: HttpRequest, meeting: Meeting) -> AskForm:
    data = request.POST if request.method == "POST" else None
    open_ones = [one.role for one in roles_at(meeting) if one.turn is None or one.turn.waits]
    # What somebody has taken meanwhile is refused with their name, not as an unknown choice.
    roles = roles_of(meeting.group) if data is not None else open_ones
    return AskForm(data, roles=roles, people=people_in_any(meeting.groups))


def _turn(pk: int) -> Turn:
    found = Turn.objects.select_related("meeting__group", "meeting__slot__series", "role", "person", "asked_by")
    turn = found.filter(pk=pk).first()
    if turn is None:
        raise Http404
    return turn


def _roles_path(meeting: Meeting) -> str:
    return reverse("call_roles", args=[meeting.pk])
