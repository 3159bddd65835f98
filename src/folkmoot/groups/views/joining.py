"""Coming into a group, changing one's role, leaving, and what those who lead it answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.actions.agreements import agree, publish_agreement
from folkmoot.groups.actions.joining import (
    change_role,
    decide_request,
    join_group,
    leave_group,
    undo_leaving,
    withdraw_request,
)
from folkmoot.groups.agreements import organisation_agreements
from folkmoot.groups.forms.joining import AgreementForm, AnswerForm, JoinForm, read_ids
from folkmoot.groups.holdings import HOLDERS
from folkmoot.groups.joining import entrance_of, open_agreements, open_request_of, present_of
from folkmoot.groups.models import Agreement, JoinRequest, MembershipAnswer, Participation, RequestState
from folkmoot.groups.rules import may_invite, may_join, may_manage, may_oversee
from folkmoot.groups.views.reading import group_called
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.people.rules import may_run_the_installation
from folkmoot.ui.messages import say

FIELD_OF = {"role": "role", "agree": "agree"}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a role, answer what the charter asks, agree to what everybody keeps to; taking part begins at once."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_join(by, group))
    if present_of(by, group) or open_request_of(by, group):
        return redirect("group_people", slug)
    entrance = entrance_of(group)
    form = JoinForm(entrance, request.POST if request.method == "POST" else None, initial=_first_role(request))
    if request.method == "POST" and form.is_valid():
        try:
            came = join_group(group, form.cleaned_data["role"], answers=form.answers, agreed_to=form.agreed_to, by=by)
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error(FIELD_OF.get(refused.code), refused.message)
        else:
            return arrived(request, came)
    context = {
        "group": group,
        "entrance": entrance,
        "form": form,
        "asks_first": [choice for choice in entrance.roles if entrance.needs_approval(choice)],
        "asks_always": all(entrance.needs_approval(choice) for choice in entrance.roles),
    }
    return render(request, "groups/join.html", context, status=400 if form.errors else 200)


def _first_role(request: HttpRequest) -> dict[str, str]:
    return {"role": request.GET["role"][:20]} if request.GET.get("role") else {}


def arrived(request: HttpRequest, came: Participation | JoinRequest) -> HttpResponse:
    """Back to the group's people, with words for what has happened."""
    if isinstance(came, JoinRequest):
        say(request, _("Thank you. Those who lead the group read it, and you hear from them by mail."))
    else:
        say(
            request,
            _("Welcome. You take part in %(group)s now, among the %(role)s.")
            % {"group": came.group.name, "role": came.role.name},
        )
    return redirect("group_people", came.group.slug)


@never_cache
@login_required
@require_POST
def my_role(request: HttpRequest, slug: str) -> HttpResponse:
    """Take another role; whoever may not yet, for what they hold, is led to where it is handed over."""
    group = group_called(slug)
    try:
        came = change_role(group, request.POST.get("role", "")[:20], by=signed_in(request))
    except Refused as refused:
        if refused.code != "still_holds":
            raise
        say(request, refused.message, level="warning")
        return redirect("handovers", slug)
    if isinstance(came, JoinRequest):
        return arrived(request, came)
    say(request, _("You are among the %(role)s now.") % {"role": came.role.name})
    return redirect("group_people", slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group, after a look at what one holds in it."""
    group = group_called(slug)
    by = signed_in(request)
    mine = present_of(by, group)
    if mine is None:
        return redirect("group_people", slug)
    refused, may_force = "", bool(may_oversee(by, group))
    if request.method == "POST":
        force = may_force and "force" in request.POST
        try:
            leave_group(group, by=by, force=force)
        except Refused as refusal:
            if refusal.code != "still_holds":
                raise
            refused = refusal.message
        else:
            say(
                request,
                _("You have left %(group)s.") % {"group": group.name},
                undo="" if force else reverse("undo_leaving", args=[slug]),
            )
            return redirect("group_people", slug)
    held = [(holder.title, things) for holder in HOLDERS if (things := holder.held(by, group))]
    return render(
        request,
        "groups/leave.html",
        {"group": group, "mine": mine, "held": held, "refused": refused, "may_force": may_force},
        status=409 if refused else 200,
    )


@never_cache
@login_required
@require_POST
def undo_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Take leaving back, for ten minutes."""
    undo_leaving(group_called(slug), by=signed_in(request))
    say(request, _("You are still here, as if you had not left."))
    return redirect("group_people", slug)


@never_cache
@login_required
@require_POST
def agree_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree to the versions that were shown, if they are still those that are asked for."""
    group = group_called(slug)
    by = signed_in(request)
    shown = set(read_ids(request.POST.get("documents", "")[:500]))
    wanted = [agreement for agreement in open_agreements(by, group) if agreement.pk in shown]
    agree(wanted, by=by)
    if wanted:
        say(request, _("Thank you for reading it."))
    return redirect("group_people", slug)


@never_cache
@login_required
@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who wishes to join and waits for a yes."""
    group = group_called(slug)
    require(may_manage(signed_in(request), group))
    wishes = list(group.join_requests.filter(state=RequestState.OPEN).select_related("person", "role"))
    answers: dict[int, list[MembershipAnswer]] = {}
    for answer in MembershipAnswer.objects.filter(group=group, person__in=[wish.person_id for wish in wishes]):
        answers.setdefault(answer.person_id, []).append(answer)
    rows = [(wish, answers.get(wish.person_id, []), AnswerForm(prefix=f"wish{wish.pk}")) for wish in wishes]
    return render(request, "groups/join_requests.html", {"group": group, "rows": rows})


@never_cache
@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes or no to somebody who wishes to join."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_invite(by, group))
    wish = get_object_or_404(JoinRequest.objects.select_related("group", "person"), pk=pk, group=group)
    answer = request.POST.get("answer")
    if answer not in ("yes", "no"):
        raise Refused(_("Please say yes or no."), code="invalid")
    decide_request(wish, approve=answer == "yes", words=request.POST.get(f"wish{pk}-words", ""), by=by)
    say(request, _("%(name)s reads your answer by mail.") % {"name": wish.person.name})
    return redirect("join_requests", slug)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own wish to join back."""
    group = group_called(slug)
    by = signed_in(request)
    wish = open_request_of(by, group)
    if wish is not None:
        withdraw_request(wish, by=by)
        say(request, _("You have taken it back."))
    return redirect("group_people", slug)


@require_safe
@kept_for_strangers
def agreements(request: HttpRequest) -> HttpResponse:
    """The organisation's documents to which everybody agrees."""
    return render(
        request,
        "groups/agreements.html",
        {"agreements": organisation_agreements(), "may_publish": bool(may_run_the_installation(person_of(request)))},
    )


@require_safe
@kept_for_strangers
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a document."""
    return render(request, "groups/agreement.html", {"agreement": get_object_or_404(Agreement, pk=pk)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Publish a document, or its next version."""
    by = signed_in(request)
    require(may_run_the_installation(by))
    form = AgreementForm(request.POST if request.method == "POST" else None, initial={"in_force_from": today_here()})
    if request.method == "POST" and form.is_valid():
        try:
            publish_agreement(**form.cleaned_data, by=by)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("It is published. Whoever takes part is asked to read it."))
            return redirect("agreements")
    return render(request, "groups/new_agreement.html", {"form": form}, status=400 if form.errors else 200)
