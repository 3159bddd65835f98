from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "folkmoot.groups"
    label = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        from folkmoot.groups import amendment_data, joining_data, office_data, own_holdings, slots, tasks  # noqa: F401  the tasks enter the schedule

        slots.fill()
        own_holdings.offer()
        amendment_data.fill()
        joining_data.offer_all()
        office_data.offer_all()
