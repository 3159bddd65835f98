"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.connections.views import chats, chats_apart, chats_programmes

urlpatterns: list[URLPattern] = [
    path("connections/chats/", chats.chats, name="chats"),
    path("connections/chats/new/", chats_programmes.new_for_all, name="new_chats"),
    path("groups/<slug:slug>/connections/chats/new/", chats_programmes.new_for_group, name="new_group_chats"),
    path("connections/chats/programmes/<int:pk>/", chats_programmes.programme, name="chat_programme"),
    path("connections/chats/programmes/<int:pk>/change/", chats_programmes.change, name="change_chats"),
    path("connections/chats/programmes/<int:pk>/end/", chats_programmes.end, name="end_chats"),
    path("connections/chats/programmes/<int:pk>/take-part/", chats_programmes.take_part, name="take_part_in_chats"),
    path("connections/chats/programmes/<int:pk>/skip/", chats_programmes.skip, name="skip_chats"),
    path("connections/chats/programmes/<int:pk>/pause/", chats_programmes.pause, name="pause_chats"),
    path("connections/chats/programmes/<int:pk>/leave/", chats_programmes.leave, name="leave_chats"),
    path("connections/chats/skip/<str:token>/", chats_programmes.skip_from_mail, name="skip_chat"),
    path("connections/chats/<int:pk>/answer/", chats.answer, name="answer_chat"),
    path("connections/chats/<int:pk>/<int:stamp>.ics", chats.chat_file, name="chat_file"),
    path("connections/apart/", chats_apart.apart, name="apart"),
]
