from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "folkmoot.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from folkmoot.people import account_data, account_signals, slots

        account_data.offer_all()
        account_signals.connect()
        slots.fill()
