from __future__ import annotations

from django.urls import path

from folkmoot.meetings import views

urlpatterns = [
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>.ics", views.meeting_file, name="meeting_file"),
    path("meetings/<int:pk>/move/", views.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", views.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/restore/", views.restore, name="restore_meeting"),
    path("groups/<slug:slug>/meetings/", views.group_meetings, name="group_meetings"),
    path("groups/<slug:slug>/meetings/series/<int:position>/", views.series, name="change_series"),
    path("groups/<slug:slug>/meetings/new/", views.add, name="add_meeting"),
]
