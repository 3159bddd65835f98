from __future__ import annotations

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "folkmoot.connections"
    label = "connections"
    verbose_name = "Connections"

    def ready(self) -> None:
        # The tasks and the topics of the notices enter themselves where they belong.
        from folkmoot.connections import notices, slots, tasks  # noqa: F401

        slots.fill()
