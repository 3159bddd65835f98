from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "folkmoot.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        from folkmoot.notices import reactions, slots, tasks  # noqa: F401  they enter themselves where they belong

        slots.fill()
