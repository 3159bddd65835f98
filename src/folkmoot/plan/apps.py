from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "folkmoot.plan"
    label = "plan"
    verbose_name = "Plan"

    def ready(self) -> None:
        # Reactions and scheduled tasks enter themselves where they belong.
        from folkmoot.plan import (  # noqa: F401
            goal_reactions,
            goal_slots,
            goal_tasks,
            measures,
            reactions,
            slots,
            tasks,
        )

        measures.fill()
        goal_slots.fill()
        slots.fill()
