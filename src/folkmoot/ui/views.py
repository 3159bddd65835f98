"""Error pages, and the page on which every component is shown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from folkmoot.ui import refusals
from folkmoot.ui.showcase import showcase


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusals.unreadable(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusals.forbidden(request, str(exception))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusals.missing(request)


def server_error(request: HttpRequest) -> HttpResponse:
    return refusals.broken(request)


def wrong_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusals.stale_form(request)


DIRECTIONS = ("ltr", "rtl")
THEMES = ("light", "dark")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states; `?theme=` and `?direction=` show it in another dress."""
    theme, direction = request.GET.get("theme", ""), request.GET.get("direction", "")
    return render(
        request,
        "ui/components.html",
        {
            **showcase(timezone.now()),
            "page_theme": theme if theme in THEMES else "",
            "page_direction": direction if direction in DIRECTIONS else "",
        },
    )


@require_safe
def component_error(request: HttpRequest, state: str) -> HttpResponse:
    """What an error page looks like."""
    match state:
        case "refused":
            return refusals.error_page(
                request, 409, "That did not go through", "This call was cancelled yesterday.", drawing="letter"
            )
        case "forbidden":
            return refusals.forbidden(request, "Only managers of this group may change its charter.")
        case "missing":
            return refusals.missing(request)
        case "stale":
            return refusals.stale_form(request)
        case "broken":
            return refusals.broken(request)
    raise Http404
