from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.availability.views import answering, polls

urlpatterns: list[URLPattern] = [
    path("groups/<slug:slug>/polls/", polls.polls, name="polls"),
    path("groups/<slug:slug>/polls/new/", polls.new, name="new_poll"),
    path("polls/<str:token>/", answering.poll, name="poll"),
    path("polls/<str:token>/close/", polls.close, name="close_poll"),
    path("polls/<str:token>/make/", polls.settle, name="settle_poll"),
    path("polls/<str:token>/answers/<int:pk>/remove/", polls.remove, name="remove_poll_answer"),
    path("poll-answers/<str:token>/", answering.own_answer, name="poll_answer"),
]
