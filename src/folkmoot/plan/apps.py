from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "folkmoot.plan"
    label = "plan"
    verbose_name = "Plan"

    def ready(self) -> None:
        # Reactions and jobs enter themselves where they belong.
        from folkmoot.plan import goal_reactions, goal_slots, goal_tasks, measures  # noqa: F401

        measures.fill()
        goal_slots.fill()
