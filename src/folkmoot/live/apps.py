from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "folkmoot.live"
    label = "live"
    verbose_name = "Live"
