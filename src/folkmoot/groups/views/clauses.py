"""By which clause? What is set on a group's screens, and where it differs from the charter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.groups.following import followed
from folkmoot.groups.queries import charter_version


@require_safe
def clauses(request: HttpRequest, slug: str) -> HttpResponse:
    """Every rule in force on the group's screens, with its clause."""
    charter = charter_version(slug)
    rows = followed(charter.group, charter)
    context = {
        "group": charter.group,
        "charter": charter,
        "rows": rows,
        "different": [row for row in rows if row.differs],
    }
    return render(request, "groups/clauses.html", context)
