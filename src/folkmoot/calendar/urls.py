from __future__ import annotations

from django.urls import path

from folkmoot.calendar.views import layers, own, public

urlpatterns = [
    path("calendar/", public.calendar, name="calendar"),
    path("calendar/subscribe/", public.subscribe_to_all, name="subscribe_to_all"),
    path("calendar/layers/", layers.layers, name="layers"),
    path("calendar/layers/<int:pk>/", layers.layer, name="layer"),
    path("calendar/layers/<int:pk>/read/", layers.read_layer_now, name="read_layer"),
    path("calendar/layers/<int:pk>/remove/", layers.remove, name="remove_layer"),
    path("me/calendar/", own.my_calendar, name="my_calendar"),
    path("me/calendar/revoke/", own.revoke, name="revoke_own_feed"),
    path("calendar/own/<str:token>.ics", own.own_feed, name="own_feed"),
    path("calendar.ics", public.organisation_feed, name="organisation_feed"),
    path("groups/<slug:slug>/calendar.ics", public.group_feed, name="group_feed"),
    path("groups/<slug:slug>/subscribe/", public.subscribe, name="subscribe"),
]
