from __future__ import annotations

from django.urls import path

from folkmoot.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/subscribe/", views.subscribe_to_all, name="subscribe_to_all"),
    path("calendar.ics", views.organisation_feed, name="organisation_feed"),
    path("groups/<slug:slug>/calendar.ics", views.group_feed, name="group_feed"),
    path("groups/<slug:slug>/subscribe/", views.subscribe, name="subscribe"),
]
