"""Pages of a group's call roles: who is willing, who is next, and what its managers set."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions.announcing import change_announcement_text
from folkmoot.meetings.actions.call_roles import add_call_role, change_call_role, set_willing
from folkmoot.meetings.announcing_words import FOR_DRAFTS, FOR_READERS, first_body, first_subject, text_of
from folkmoot.meetings.call_role_rules import may_see_rota, may_set_call_roles, may_take_turns
from folkmoot.meetings.call_roles_page import origins
from folkmoot.meetings.call_roles_reading import all_roles_of, willing_in
from folkmoot.meetings.forms.call_roles import AnnouncementTextForm, NewRoleForm, RoleForm, WillingForm
from folkmoot.meetings.models import CallRole
from folkmoot.meetings.rota_page import rota_lines
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's call roles, who can take turns, and who is next; POST says for which roles oneself can."""
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_see_rota(person, group))
    roles = all_roles_of(group)
    on = [role for role in roles if role.is_on]
    willing = [] if roles and roles[0].pk is None else list(willing_in(group, on).order_by("since", "pk"))
    mine = [one.role.key for one in willing if one.person_id == person.pk]
    data = request.POST if request.method == "POST" else None
    form = WillingForm(data, roles=on, initial={"roles": mine})
    may_take = may_take_turns(person, group)
    if data is not None:
        require(may_take)
        if form.is_valid():
            set_willing(group, keys=form.cleaned_data["roles"], by=person)
            say(request, _("Noted. Thank you."))
            return redirect("rota", slug)
    context = {
        "group": group,
        "form": form if may_take else None,
        "origins": origins(group, roles),
        "is_stated": any(role.clause_anchor for role in roles),
        "willing": [(role, [one.person for one in willing if one.role_id == role.pk]) for role in on],
        "lines": rota_lines(group, now=timezone.now()),
        "may_set": bool(may_set_call_roles(person, group)),
    }
    return render(request, "meetings/roles/rota.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a role to a group's calls."""
    group, person = _led(request, slug)
    form = NewRoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_call_role(group, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            say(request, _("Calls have a %(name)s from now on.") % {"name": made.name})
            return redirect("rota", slug)
    context = {"form": form, "group": group}
    return render(request, "meetings/roles/role.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Call a role otherwise, or do without it."""
    group, person = _led(request, slug)
    role = _role(group, key)
    fields = ("name", "duties", "is_needed", "is_on")
    data = request.POST if request.method == "POST" else None
    form = RoleForm(data, initial={name: getattr(role, name) for name in fields})
    if data is not None and form.is_valid():
        try:
            change_call_role(group, key, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error(str(refused.params.get("field", "name")), refused.message)
        else:
            say(request, _("Saved."))
            return redirect("rota", slug)
    (origin,) = origins(group, [role])
    context = {"form": form, "group": group, "role": role, "origin": origin}
    return render(request, "meetings/roles/role.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The words with which a group's announcements begin."""
    group, person = _led(request, slug)
    subject, body = text_of(group)
    data = request.POST if request.method == "POST" else None
    form = AnnouncementTextForm(data, initial={"subject": subject, "body": body})
    if data is not None and "back" in data:
        change_announcement_text(group, subject=first_subject(), body=first_body(), by=person)
        say(request, _("Announcements begin with our words again."))
        return redirect("announcement_text", slug)
    if data is not None and form.is_valid():
        try:
            change_announcement_text(group, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error(str(refused.params.get("field", "body")), refused.message)
        else:
            say(request, _("Saved. Drafts that somebody has changed already keep their words."))
            return redirect("announcement_text", slug)
    context = {
        "form": form,
        "group": group,
        "words": [(f"{{{name}}}", label) for name, label in {**FOR_READERS, **FOR_DRAFTS}.items()],
        "is_own": (subject, body) != (first_subject(), first_body()),
    }
    return render(request, "meetings/roles/text.html", context, status=400 if form.errors else 200)


def _led(request: HttpRequest, slug: str) -> tuple[Group, Person]:
    group, person = get_object_or_404(Group, slug=slug), signed_in(request)
    require(may_set_call_roles(person, group))
    return group, person


def _role(group: Group, key: str) -> CallRole:
    for role in all_roles_of(group):
        if role.key == key:
            return role
    raise Http404
