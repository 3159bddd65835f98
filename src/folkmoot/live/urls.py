from __future__ import annotations

from django.urls import URLPattern, path

from folkmoot.live.views import call, custom, minutes, notes

urlpatterns: list[URLPattern] = [
    path("meetings/<int:pk>/live/", call.live, name="live_call"),
    path("meetings/<int:pk>/live/parts/<slug:name>/", call.part, name="live_part"),
    path("meetings/<int:pk>/live/screen/", call.screen, name="live_screen"),
    path("meetings/<int:pk>/live/notes/", minutes.notes, name="live_notes"),
    path("meetings/<int:pk>/live/doings/", minutes.doings, name="live_doings"),
    path("meetings/<int:pk>/minutes/together/", notes.write_together, name="write_together"),
    path("groups/<slug:slug>/calls/speaking/", custom.custom, name="speaking_custom"),
]
