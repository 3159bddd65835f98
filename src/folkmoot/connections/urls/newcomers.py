"""Addresses of how newcomers are met."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import newcomers

GROUP = "groups/<slug:slug>/newcomers/"
ONE = "connections/newcomers/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(GROUP, newcomers.page, name="newcomers"),
    path(f"{GROUP}offer/", newcomers.offer, name="offer_to_be_buddy"),
    path(f"{GROUP}settings/", newcomers.settings, name="newcomer_care"),
    path(f"{GROUP}first-tasks/", newcomers.first_tasks, name="newcomer_first_tasks"),
    path(f"{ONE}hello/", newcomers.hello, name="say_hello"),
    path(f"{ONE}somebody-else/", newcomers.somebody_else, name="ask_for_another_buddy"),
    path("connections/buddies/<int:pk>/<slug:what>/", newcomers.change_pair, name="change_buddy"),
    path("connections/newcomers/check-ins/<int:pk>/", newcomers.check_in, name="newcomer_check_in"),
]
