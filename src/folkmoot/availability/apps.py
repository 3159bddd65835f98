from __future__ import annotations

from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    name = "folkmoot.availability"
    label = "availability"
    verbose_name = "Availability"

    def ready(self) -> None:
        # The tasks and the topic of the notices enter themselves where they belong.
        from folkmoot.availability import notices, slots, tasks  # noqa: F401

        slots.fill()
