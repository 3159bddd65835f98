"""All addresses of the product, gathered from the rooms."""

from __future__ import annotations

from django.urls import include, path

from folkmoot.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("folkmoot.ui.urls")),
    path("", include("folkmoot.people.urls")),
    path("", include("folkmoot.notices.urls")),
    path("", include("folkmoot.groups.urls")),
    path("", include("folkmoot.calendar.urls")),
    path("", include("folkmoot.plan.urls")),
    path("", include("folkmoot.decisions.urls")),
    path("", include("folkmoot.meetings.urls")),
    path("", include("folkmoot.availability.urls")),
    path("", include("folkmoot.invitations.urls")),
    path("", include("folkmoot.live.urls")),
    path("", include("folkmoot.connections.urls")),
    path("", include("folkmoot.governance.urls")),
    path("", include("folkmoot.desk.urls")),
]

handler400 = "folkmoot.ui.views.bad_request"
handler403 = "folkmoot.ui.views.permission_denied"
handler404 = "folkmoot.ui.views.page_not_found"
handler429 = "folkmoot.people.views.too_many_requests"
handler500 = "folkmoot.ui.views.server_error"
