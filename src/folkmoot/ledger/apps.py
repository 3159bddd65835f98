from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "folkmoot.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        from folkmoot.ledger import tasks  # noqa: F401  the nightly seal enters itself into the schedule
