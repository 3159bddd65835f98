"""The elections of a group, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.governance.election_parts import parts_of
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.models.elections import Election, ElectionKind, ElectionState
from folkmoot.governance.queries.elections import elections_of
from folkmoot.governance.rules.elections import may_begin_election, may_see_election
from folkmoot.groups.models import Group
from folkmoot.people.reader import person_of


@require_safe
@never_cache
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """What is elected now, what was, and for those who may a way to begin."""
    group = get_object_or_404(Group, slug=slug)
    reader = person_of(request)
    hidden = Election.objects.filter(group=group).exclude(pk__in=elections_of(group)).select_related("group")
    context = {
        "group": group,
        "elections": elections_of(group),
        "hidden": [one for one in hidden if may_see_election(reader, one)] if reader is not None else [],
        "may_begin": may_begin_election(reader, group),
        "kinds": ElectionKind,
        "states": ElectionState,
    }
    return render(request, "governance/elections.html", context)


@require_safe
@never_cache
def election(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where one election stands, and what the reader can do in it."""
    found = election_or_404(request, slug, key)
    context = {"election": found, "group": found.group, "parts": parts_of(request, found)}
    return render(request, "governance/election.html", context)
