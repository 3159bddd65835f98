from __future__ import annotations

from django.urls import path

from folkmoot.live.views import notes

urlpatterns = [
    path("meetings/<int:pk>/minutes/together/", notes.write_together, name="write_together"),
]
