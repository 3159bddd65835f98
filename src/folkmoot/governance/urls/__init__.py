"""The addresses of this room, gathered from its parts."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.governance.urls import (
    ballots,
    kinds,
    nominations,
    officers,
    opening,
    plan,
    results,
    rolls,
)
from folkmoot.governance.views import counting, elections

urlpatterns: list[URLPattern] = [
    path("count/", counting.count, name="count"),
    path("groups/<slug:slug>/elections/", elections.of_group, name="elections"),
    *plan.urlpatterns,
    path("groups/<slug:slug>/elections/<slug:key>/", elections.election, name="election"),
    *officers.urlpatterns,
    *nominations.urlpatterns,
    *rolls.urlpatterns,
    *ballots.urlpatterns,
    *opening.urlpatterns,
    *results.urlpatterns,
    *kinds.urlpatterns,
]
