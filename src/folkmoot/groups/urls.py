from __future__ import annotations

from django.urls import path

from folkmoot.groups.views import group_pages as views

urlpatterns = [
    path("", views.home, name="home"),
    path("groups/", views.group_list, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/drafts/<uuid:draft_id>/", views.charter_draft, name="charter_draft"),
    path("groups/drafts/<uuid:draft_id>/discard/", views.discard_draft, name="discard_draft"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("groups/<slug:slug>/charter/", views.charter, name="charter"),
    path("groups/<slug:slug>/charter.md", views.charter_text, name="charter_text"),
]
