"""Pages of a charter's versions: all of them, one, and two side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from folkmoot.groups.amendment_page import comparison_page, version_url
from folkmoot.groups.amendment_reading import versions_compared
from folkmoot.groups.charter_page import shown_clauses
from folkmoot.groups.models import AmendmentState, CharterVersion, Group
from folkmoot.groups.queries import (
    charter_in_force,
    charter_version,
    version_numbered,
)
from folkmoot.groups.rules import (
    may_propose_amendment,
)
from folkmoot.groups.versions import versions_of
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions of a charter, and what is proposed."""
    group = get_object_or_404(Group, slug=slug)
    person = person_of(request)
    amendments = group.amendments.select_related("by", "base", "group")
    context = {
        "group": group,
        "versions": versions_of(group),
        "today": today_here(),
        "open": amendments.filter(state=AmendmentState.PROPOSED),
        "drafts": amendments.filter(state=AmendmentState.DRAFT, by=person) if person else [],
        "settled": amendments.filter(state__in=[AmendmentState.WITHDRAWN, AmendmentState.DECLINED]),
        "may_propose": may_propose_amendment(person, group),
        "signed_in": person is not None,
    }
    return render(request, "groups/charter_versions.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it reads, with a word on whether it is in force."""
    found = version_numbered(slug, number)
    in_force = charter_in_force(found.group)
    return render(
        request,
        "groups/charter_version.html",
        {
            "charter": found,
            "group": found.group,
            "clauses": shown_clauses(found),
            "in_force": in_force,
            "is_in_force": found == in_force,
            "is_coming": found.in_force_from > today_here(),
        },
    )


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions side by side, `?from=1&to=3`; by default the one in force and the one before it."""
    in_force = charter_version(slug)
    old = _asked_version(request, slug, "from", max(1, in_force.number - 1))
    new = _asked_version(request, slug, "to", in_force.number)
    page = comparison_page(versions_compared(old, new), old_url=version_url(old), new_url=version_url(new))
    context = {
        "group": in_force.group,
        "old": old,
        "new": new,
        "page": page,
        "numbers": list(in_force.group.charters.order_by("number").values_list("number", flat=True)),
        "only_changes": "all" not in request.GET,
        "query": f"from={old.number}&to={new.number}",
    }
    return render(request, "groups/charter_compare.html", context)


def _asked_version(request: HttpRequest, slug: str, name: str, default: int) -> CharterVersion:
    asked = request.GET.get(name, "")
    return version_numbered(slug, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else default)
