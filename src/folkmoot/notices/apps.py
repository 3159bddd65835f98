from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "folkmoot.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        from folkmoot.notices import person_data, slots, tasks  # noqa: F401  the tasks enter themselves into the schedule

        slots.fill()
        person_data.fill()
