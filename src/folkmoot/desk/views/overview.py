"""How the installation is doing, for whoever looks after it."""

from __future__ import annotations

import platform

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.desk.findings import look_within
from folkmoot.kit.verdict import require
from folkmoot.people.rules import is_steward, may_run_the_installation, may_use_steward_mode
from folkmoot.people.steward_mode import LASTS


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What `folkmoot doctor` finds from within, and what the installation is made of; or the way into steward mode."""
    if may_use_steward_mode(request.user) and not is_steward(request.user):
        return render(request, "desk/steward_mode_is_off.html", {"minutes": int(LASTS.total_seconds() // 60)})
    require(may_run_the_installation(request.user))
    findings = list(look_within())
    return render(
        request,
        "desk/overview.html",
        {
            "findings": findings,
            "is_well": all(finding.state == "well" for finding in findings),
            "version": settings.VERSION,
            "python": platform.python_version(),
            "database": "PostgreSQL" if connection.vendor == "postgresql" else "SQLite",
            "address": settings.PUBLIC_ADDRESS,
        },
    )
