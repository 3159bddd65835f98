from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "folkmoot.calendar"
    label = "calendar"
    verbose_name = "Calendar"

    def ready(self) -> None:
        from folkmoot.calendar import person_data, slots, tasks  # noqa: F401  the nightly task enters itself into the schedule

        slots.fill()
        person_data.offer_all()
