"""The elections of a group, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.governance.election_parts import parts_of
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.listing import listed
from folkmoot.governance.queries.kinds import empty_seats
from folkmoot.governance.rules.elections import may_begin_election
from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_fill_seats
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of


@require_safe
@never_cache
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """What is elected now, what was, and for those who may a way to begin."""
    group = get_object_or_404(Group, slug=slug)
    reader = person_of(request)
    lines = listed(group, reader, timezone.now())
    empty = len(empty_seats(group, on=today_here())) if group.has_seats else 0
    context = {
        "group": group,
        "empty": empty,
        "shows_empty": empty or (group.has_seats and may_fill_seats(reader, group)),
        "running": [line for line in lines if line.is_running],
        "earlier": [line for line in lines if not line.is_running],
        "may_begin": may_begin_election(reader, group),
    }
    return render(request, "governance/elections.html", context)


@require_safe
@never_cache
def election(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where one election stands, and what the reader can do in it."""
    found = election_or_404(request, slug, key)
    context = {
        "election": found,
        "group": found.group,
        "eyebrow": _("%(group)s · %(kind)s, %(state)s")
        % {"group": found.group.name, "kind": found.get_kind_display(), "state": found.get_state_display()},
        "parts": parts_of(request, found),
    }
    return render(request, "governance/election.html", context)
