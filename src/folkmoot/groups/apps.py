from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "folkmoot.groups"
    label = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        from folkmoot.groups import daily, joining_data, slots  # noqa: F401  the tasks enter the schedule

        slots.fill()
        joining_data.offer_all()
