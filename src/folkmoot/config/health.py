"""`/healthz`: does this installation work? For watchers and for the start; a stranger learns nothing else.

JSON `{"status", "database", "worker"}`, each `ok` or `failing`; HTTP status 200 where all is ok, else 503.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.desk.findings import worker_keeps_up

PATH = "/healthz"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HealthFirst:
    """Answers the health page before any other middleware, since those already need a working database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return healthz(request) if request.path_info == PATH else self.get_response(request)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Two cheap queries: is a job of the schedule overdue, is a waiting task overdue?"""
    try:
        parts = {"database": True, "worker": worker_keeps_up()}
    except (DatabaseError, InterfaceError):
        parts = {"database": False, "worker": False}
    well = all(parts.values())
    words = {"status": well} | parts
    response = JsonResponse(
        {name: "ok" if value else "failing" for name, value in words.items()}, status=200 if well else 503
    )
    # Watchers ask every few seconds; the log need not say each time what the answer says.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
