"""Whom I do not want to be brought together with: private, and nobody is told."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.connections.actions.interests import forget_apart, keep_apart
from folkmoot.connections.forms.chats import SeekNameForm
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.queries.chats import FEWEST_LETTERS, names_like, whom_one_may_name
from folkmoot.people.domain.likeness import seek_key
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: HttpRequest) -> HttpResponse:
    """The list, a search by name, and a button for each; `forget` takes somebody off it."""
    person = signed_in(request)
    if request.method == "POST":
        key = request.POST.get("forget", "") or request.POST.get("person", "")
        number = int(key) if key.isascii() and key.isdecimal() and len(key) < 12 else 0
        if request.POST.get("forget"):
            listed = Person.objects.filter(pk__in=NotWith.objects.filter(asked_by=person).values("other"))
            forget_apart(person, get_object_or_404(listed, pk=number))
            say(request, _("Taken off your list."))
        else:
            keep_apart(person, get_object_or_404(whom_one_may_name(person), pk=number))
            say(request, _("You will not be brought together. Nobody is told."))
        return redirect("apart")
    form = SeekNameForm(request.GET)
    sought = form.cleaned_data["q"] if form.is_valid() else ""
    kept = list(NotWith.objects.filter(asked_by=person).select_related("other"))
    there = {one.other_id for one in kept}
    key = seek_key(sought)
    found = names_like(person, key) if len(key) >= FEWEST_LETTERS else []
    context = {
        "kept": kept,
        "found": [one for one in found if one.pk not in there],
        "form": form,
        "sought": sought,
    }
    return render(request, "connections/chats/apart.html", context)
