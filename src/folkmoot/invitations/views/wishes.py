"""Choosing which calls come as invitations, and stopping them from within a mail program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.groups.models import Group
from folkmoot.invitations.actions import stop_invitations, wish_invitations
from folkmoot.invitations.forms import WishesForm
from folkmoot.invitations.queries import groups_to_wish, wishes_of
from folkmoot.invitations.stopping import read_stop
from folkmoot.people.models import Person
from folkmoot.people.queries import present_record
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_invitations(request: HttpRequest) -> HttpResponse:
    """A box for each of one's groups, and one for being a guest."""
    person = signed_in(request)
    groups = groups_to_wish(person)
    form = WishesForm(request.POST if request.method == "POST" else None, groups=groups, wishes=wishes_of(person))
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data.get("groups", []))
        for group in groups:
            _settle(group, str(group.pk) in chosen, person)
        _settle(None, form.cleaned_data["as_guest"], person)
        say(request, _("Kept. The calls of the next two weeks come first."))
        return redirect("my_invitations")
    return form_page(request, "invitations/my_invitations.html", form, groups=groups)


def _settle(group: Group | None, is_wanted: bool, person: Person) -> None:
    if is_wanted:
        wish_invitations(group, by=person)
    else:
        stop_invitations(group, by=person)


# A mail program sends the POST from its own server: there is no session and no token; the signed address is the key.
@csrf_exempt
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing; POST stops; POST with `again` takes it back."""
    read = read_stop(token)
    person = Person.objects.select_related("merged_into").filter(pk=read[0]).first() if read else None
    person = present_record(person) if person is not None else None
    group = Group.objects.filter(pk=read[1]).first() if read and read[1] else None
    if read is None or person is None or not person.is_active or (read[1] and group is None):
        return render(request, "invitations/stop.html", {"state": "unknown"}, status=404)
    key = group.pk if group is not None else None
    state = "asked" if wishes_of(person).get(key, group is None) else "stopped"
    if request.method == "POST" and request.POST.get("again"):
        wish_invitations(group, by=person)
        state = "taken_up"
    elif request.method == "POST":
        stop_invitations(group, by=person)
        state = "stopped"
    return render(request, "invitations/stop.html", {"state": state, "group": group})
