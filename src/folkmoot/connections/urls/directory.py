"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import directory, directory_introductions

urlpatterns: list[URLPattern] = [
    path("directory/", directory.directory, name="directory"),
    path("directory/me/", directory.me, name="directory_me"),
    path("directory/me/seen/", directory.seen, name="directory_seen"),
    path("directory/me/stop/", directory.stop, name="directory_stop"),
    path("directory/<int:pk>/", directory_introductions.person, name="directory_person"),
    path("directory/<int:pk>/apart/", directory.apart, name="directory_apart"),
    path("introductions/", directory_introductions.introductions, name="introductions"),
    path("introductions/<int:pk>/", directory_introductions.introduction, name="introduction"),
    path("groups/<slug:slug>/introduce/", directory_introductions.introduce, name="introduce"),
]
