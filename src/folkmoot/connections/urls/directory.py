"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
