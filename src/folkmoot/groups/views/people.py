"""The people of a group: who is here, and what those who lead it do with who takes part."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.groups.actions.joining import add_to_group, remove_from_group
from folkmoot.groups.forms.invitations import AddForm
from folkmoot.groups.forms.joining import ReasonForm
from folkmoot.groups.models import MembershipAnswer, Participation, Power
from folkmoot.groups.pages import group_page
from folkmoot.groups.people_page import people_page
from folkmoot.groups.rules import may_invite, may_manage, may_oversee
from folkmoot.groups.views.reading import group_called
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.actions import person_for
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.messages import say


@require_safe
@kept_for_strangers
def group_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is here, by role; for strangers the numbers, and those who agreed to be named."""
    page = people_page(group_page(slug), person_of(request))
    return render(request, "groups/people.html", {"people": page, "page": page.page, "group": page.page.group})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One person in the group, for those who lead it: what they answered, and taking them out."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_manage(by, group))
    found = get_object_or_404(
        Participation.objects.select_related("person", "role", "group"), pk=pk, group=group, ended_at=None
    )
    may_force = bool(may_oversee(by, group))
    form = ReasonForm(request.POST if request.method == "POST" else None, may_force=may_force)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            remove_from_group(found, why=given["why"], force=given.get("force", False), by=by)
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error("why", refused.message)
        else:
            say(request, _("%(name)s does not take part any more, and was told why.") % {"name": found.person.name})
            return redirect("group_people", slug)
    leads = found.role.power == Power.MANAGE
    context = {
        "group": group,
        "found": found,
        "form": form,
        "answers": MembershipAnswer.objects.filter(person=found.person, group=group),
        "may_remove": may_oversee(by, group) if leads else may_manage(by, group),
    }
    return render(request, "groups/participant.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_participant(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring somebody in whom those who lead the group know."""
    group = group_called(slug)
    by = signed_in(request)
    require(may_invite(by, group))
    form = AddForm(group, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = person_for(given["email"], name=given["name"], by=by)
            add_to_group(person, group, given["role"], by=by)
        except Refused as refused:
            form.add_error("email", refused.message)
        else:
            say(request, _("%(name)s takes part now, and was told.") % {"name": person.name})
            return redirect("group_people", slug)
    return render(
        request, "groups/add_participant.html", {"group": group, "form": form}, status=400 if form.errors else 200
    )
