"""The addresses of this room, gathered from its parts."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.urls import (
    chats,
    directory,
    helping,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)
from folkmoot.connections.views import hub

urlpatterns: list[URLPattern] = [
    path("connections/", hub.hub, name="connections"),
    path("groups/<slug:slug>/connections/", hub.of_group, name="group_connections"),
    *directory.urlpatterns,
    *newcomers.urlpatterns,
    *chats.urlpatterns,
    *mentoring.urlpatterns,
    *office_hours.urlpatterns,
    *helping.urlpatterns,
    *knowledge.urlpatterns,
    *thanks.urlpatterns,
    *spaces.urlpatterns,
]
