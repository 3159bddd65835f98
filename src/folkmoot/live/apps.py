from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "folkmoot.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        # The task enters itself where it belongs.
        from folkmoot.live import slots, tasks  # noqa: F401

        slots.fill()
