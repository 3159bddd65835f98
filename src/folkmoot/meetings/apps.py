from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "folkmoot.meetings"
    label = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        # The reaction and the nightly task enter themselves where they belong.
        from folkmoot.meetings import agenda_slots, minutes_slots, reactions, slots, tasks  # noqa: F401

        slots.fill()
        agenda_slots.fill()
        minutes_slots.fill()
