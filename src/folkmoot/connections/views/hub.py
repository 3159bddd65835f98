"""The page that gathers the ways of finding each other: in the whole community, and in one group."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.connections.hub import ways
from folkmoot.groups.models import Group


@require_safe
@never_cache
@login_required
def hub(request: HttpRequest) -> HttpResponse:
    """What there is for everybody, and what waits for the reader."""
    return render(request, "connections/hub.html", {"ways": ways(request, None)})


@require_safe
@never_cache
@login_required
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of one group."""
    group = get_object_or_404(Group, slug=slug)
    return render(request, "connections/hub_of_group.html", {"group": group, "ways": ways(request, group)})
