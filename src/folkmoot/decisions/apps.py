from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "folkmoot.decisions"
    label = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from folkmoot.decisions import slots

        slots.fill()
