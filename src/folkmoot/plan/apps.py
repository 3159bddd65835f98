from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "folkmoot.plan"
    label = "plan"
    verbose_name = "Plan"

    def ready(self) -> None:
        # Reactions and scheduled tasks enter themselves where they belong.
        from folkmoot.plan import reactions, slots, tasks  # noqa: F401

        slots.fill()
