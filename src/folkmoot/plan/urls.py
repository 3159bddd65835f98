from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("folkmoot.plan.views.goal_urls")),
]
