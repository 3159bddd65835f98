"""The addresses of this room and of the sign-in pages alone, with our error pages."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only managers of this group may change its charter.")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("details for the log")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret details")


urlpatterns = [
    path("denied/", denied),
    path("suspicious/", suspicious),
    path("broken/", broken),
    path("", include("folkmoot.ui.urls")),
    path("accounts/", include("allauth.urls")),
]
handler400 = "folkmoot.ui.views.bad_request"
handler403 = "folkmoot.ui.views.permission_denied"
handler404 = "folkmoot.ui.views.page_not_found"
handler500 = "folkmoot.ui.views.server_error"
