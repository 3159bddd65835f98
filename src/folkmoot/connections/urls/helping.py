"""Requests for help, their clocks and their answers."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import helping, helping_desk, helping_request

urlpatterns: list[URLPattern] = [
    path("help/", helping.overview, name="help"),
    path("help/ask/", helping.ask, name="help_ask"),
    path("help/offered/", helping.offered, name="help_offered"),
    path("help/desk/", helping_desk.desk, name="help_desk"),
    path("help/desk/settings/", helping_desk.settings, name="help_settings"),
    path("help/desk/numbers/", helping_desk.numbers, name="help_numbers"),
    path("help/<int:pk>/", helping_request.page, name="help_request"),
    path("help/<int:pk>/<slug:what>/", helping_request.act, name="help_act"),
    path("groups/<slug:slug>/help/", helping_desk.desk, name="group_help_desk"),
    path("groups/<slug:slug>/help/ask/", helping.ask, name="group_help_ask"),
    path("groups/<slug:slug>/help/settings/", helping_desk.settings, name="group_help_settings"),
    path("groups/<slug:slug>/help/numbers/", helping_desk.numbers, name="group_help_numbers"),
]
