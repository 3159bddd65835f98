from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "folkmoot.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        # Tasks enter themselves into the schedule.
        from folkmoot.people import account_data, account_signals, own_data, slots, tasks  # noqa: F401

        own_data.fill()
        account_data.offer_all()
        account_signals.connect()
        slots.fill()
