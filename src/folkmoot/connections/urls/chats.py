"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
