"""The signed-in home: what is next for me, from every room."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.groups.queries import groups_of
from folkmoot.people.reader import signed_in
from folkmoot.ui.slots import desk_panels


@never_cache
@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The panels that rooms hang here, or a first step for someone who takes part nowhere yet."""
    groups = list(groups_of(signed_in(request)).distinct())
    return render(request, "desk/desk.html", {"groups": groups, "panels": desk_panels(request)})
