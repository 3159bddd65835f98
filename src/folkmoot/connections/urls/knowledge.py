"""Articles of what was once asked."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import knowledge, knowledge_writing

urlpatterns: list[URLPattern] = [
    path("knowledge/", knowledge.everything, name="knowledge"),
    path("groups/<slug:slug>/knowledge/", knowledge.of_group, name="group_knowledge"),
    path("knowledge/new/", knowledge_writing.new, name="new_article"),
    path("knowledge/<int:pk>/", knowledge.article, name="article"),
    path("knowledge/<int:pk>/helped/", knowledge.helped, name="article_helped"),
    path("knowledge/<int:pk>/versions/", knowledge.versions, name="article_versions"),
    path("knowledge/<int:pk>/change/", knowledge_writing.change, name="change_article"),
    path("knowledge/<int:pk>/looked-through/", knowledge_writing.looked_through, name="article_looked_through"),
    path("knowledge/<int:pk>/outdated/", knowledge_writing.outdated, name="article_outdated"),
    path("knowledge/<int:pk>/retire/", knowledge_writing.retire, name="retire_article"),
    path("knowledge/<int:pk>/bring-back/", knowledge_writing.back, name="bring_article_back"),
    path("knowledge/<int:pk>/merge/", knowledge_writing.merge, name="merge_article"),
]
