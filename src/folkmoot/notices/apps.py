from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "folkmoot.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        # Reactions and tasks enter themselves where they belong.
        from folkmoot.notices import person_data, reactions, slots, tasks  # noqa: F401

        slots.fill()
        person_data.enter()
