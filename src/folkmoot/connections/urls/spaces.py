"""Circles with a host and an end, and sessions on one subject."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
