from __future__ import annotations

from django.urls import path

from folkmoot.meetings.views import announcing, call_roles, calls, rota

urlpatterns = [
    path("meetings/<int:pk>/", calls.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", calls.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", calls.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", calls.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", calls.restore, name="restore_meeting"),
    path("meetings/<int:pk>/roles/", call_roles.roles, name="call_roles"),
    path("meetings/<int:pk>/roles/take/", call_roles.take, name="take_turn"),
    path("meetings/<int:pk>/roles/ask/", call_roles.ask, name="ask_for_turn"),
    path("meetings/<int:pk>/announcement/", announcing.announcement, name="announcement"),
    path("turns/<int:pk>/", call_roles.turn, name="turn"),
    path("turns/<int:pk>/hand-back/", call_roles.give_back, name="hand_back_turn"),
    path("groups/<slug:slug>/calls/roles/", rota.rota, name="rota"),
    path("groups/<slug:slug>/calls/roles/new/", rota.add, name="add_call_role"),
    path("groups/<slug:slug>/calls/roles/<slug:key>/change/", rota.change, name="change_call_role"),
    path("groups/<slug:slug>/calls/announcement/", rota.text, name="announcement_text"),
    path("groups/<slug:slug>/meetings/", calls.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", calls.series, name="change_series"),
    path("groups/<slug:slug>/meetings/new/", calls.add, name="add_meeting"),
]
