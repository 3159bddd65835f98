from __future__ import annotations

from django.urls import path

from folkmoot.desk.views import desk, history, overview, search, viewing

urlpatterns = [
    path("search/", search.search_page, name="search"),
    path("me/", desk.desk, name="desk"),
    path("groups/<slug:slug>/history/", history.group_history, name="group_history"),
    path("steward/", overview.overview, name="overview"),
    path("steward/history/", history.history, name="history"),
    path("viewing/", viewing.view_as, name="view_as"),
    path("viewing/stop/", viewing.view_as_myself, name="view_as_myself"),
]
