from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "folkmoot.governance"
    label = "governance"
    verbose_name = "Governance"

    def ready(self) -> None:
        from folkmoot.governance import slots

        slots.fill()
