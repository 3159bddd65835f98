from __future__ import annotations

from django.urls import path

from folkmoot.governance.views.counting import count

urlpatterns = [path("count/", count, name="count")]
