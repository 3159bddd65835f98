from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "folkmoot.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from folkmoot.desk import slots

        slots.fill()
