"""Shows every page in its reader's zone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from folkmoot.kit import zones
from folkmoot.people.reader import reader_of


class ReaderZone:
    """Puts `request.reader` there and activates its zone for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader = reader_of(request)
        request.reader = reader  # type: ignore[attr-defined]
        with timezone.override(zones.zone(reader.zone)):
            return self.get_response(request)
