"""What was answered once and is kept for everybody."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
