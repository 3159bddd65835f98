from __future__ import annotations

from django.urls import path

from folkmoot.groups.views import amending, clauses, comments
from folkmoot.groups.views import group_pages as views
from folkmoot.groups.views import versions as version_views

urlpatterns = [
    path("", views.home, name="home"),
    path("groups/", views.group_list, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/drafts/<uuid:draft_id>/", views.charter_draft, name="charter_draft"),
    path("groups/drafts/<uuid:draft_id>/discard/", views.discard_draft, name="discard_draft"),
    path("groups/<slug:slug>/", views.group, name="group"),
    path("groups/<slug:slug>/charter/", views.charter, name="charter"),
    path("groups/<slug:slug>/charter.md", views.charter_text, name="charter_text"),
    path("groups/<slug:slug>/clauses/", clauses.clauses, name="clauses"),
    path("groups/<slug:slug>/charter/versions/", version_views.versions, name="charter_versions"),
    path("groups/<slug:slug>/charter/versions/<int:number>/", version_views.version, name="charter_version"),
    path("groups/<slug:slug>/charter/compare/", version_views.compare, name="charter_compare"),
    path("groups/<slug:slug>/charter/amend/", amending.amend, name="amend_charter"),
    path("groups/<slug:slug>/amendments/<int:number>/", amending.amendment, name="amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/edit/", amending.edit, name="edit_amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/bring-up/", amending.bring_up, name="bring_up_amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/discard/", amending.discard, name="discard_amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/settle/", amending.settle, name="settle_amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/withdraw/", amending.withdraw, name="withdraw_amendment"),
    path("groups/<slug:slug>/amendments/<int:number>/comments/", comments.comment, name="comment_on_amendment"),
    path(
        "groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/",
        comments.change_comment,
        name="change_comment",
    ),
    path("groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/hide/", comments.hide, name="hide_comment"),
]
