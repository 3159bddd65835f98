from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "folkmoot.governance"
    label = "governance"
    verbose_name = "Governance"

    def ready(self) -> None:
        # The tasks and the topics of the notices enter themselves where they belong.
        from folkmoot.governance import notices, slots, tasks  # noqa: F401

        slots.fill()
