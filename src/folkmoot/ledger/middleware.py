"""Gives each request an identity, so that all it wrote can be found together, also from an error page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from folkmoot.ledger.context import current_request_id, new_request_id


class RequestIdentity:
    """Sets the id for the ledger while the request runs, and `request.request_id` for pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = new_request_id()
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current_request_id.set(request_id)
        try:
            return self.get_response(request)
        finally:
            current_request_id.reset(token)
