from __future__ import annotations

from django.urls import path

from folkmoot.meetings.views import calls

urlpatterns = [
    path("meetings/<int:pk>/", calls.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", calls.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", calls.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", calls.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", calls.restore, name="restore_meeting"),
    path("groups/<slug:slug>/meetings/", calls.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", calls.series, name="change_series"),
    path("groups/<slug:slug>/meetings/new/", calls.add, name="add_meeting"),
]
