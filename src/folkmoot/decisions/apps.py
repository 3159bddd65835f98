from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "folkmoot.decisions"
    label = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        # Scheduled tasks enter themselves where they belong.
        from folkmoot.decisions import motion_slots, motion_tasks, slots, tasks  # noqa: F401

        slots.fill()
        motion_slots.fill()
