from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "folkmoot.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from folkmoot.people import own_data, slots, tasks  # noqa: F401  the tasks enter themselves into the schedule

        own_data.fill()
        slots.fill()
