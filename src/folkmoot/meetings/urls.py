from __future__ import annotations

from django.urls import path

from folkmoot.meetings.views import calls, places, series

urlpatterns = [
    path("meetings/<int:pk>/", calls.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", calls.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", calls.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", calls.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", calls.restore, name="restore_meeting"),
    path("meetings/<int:pk>/place/", places.of_call, name="call_place"),
    path("groups/<slug:slug>/meetings/series/<int:position>/place/", places.of_series, name="series_place"),
    path("meetings/<int:pk>/anyway/", calls.anyway, name="meet_anyway"),
    path("groups/<slug:slug>/meetings/", calls.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/", series.all_series, name="all_series"),
    path("groups/<slug:slug>/meetings/series/new/", series.new, name="new_series"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", series.change, name="change_series"),
    path("groups/<slug:slug>/meetings/series/<int:position>/end/", series.end, name="end_series"),
    path("groups/<slug:slug>/meetings/series/<int:position>/breaks/", series.breaks, name="series_breaks"),
    path("groups/<slug:slug>/meetings/series/<int:position>/breaks/end/", series.take_back, name="end_break"),
    path("groups/<slug:slug>/meetings/new/", calls.add, name="add_meeting"),
]
