from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "folkmoot.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        # Tasks enter themselves in the schedule.
        from folkmoot.live import person_data, slots, tasks  # noqa: F401
        from folkmoot.live.changes import stream_changes
        from folkmoot.live.queries import numbers_of_pulses
        from folkmoot.live.routes import ROUTES, Route
        from folkmoot.live.watching import SOURCES

        SOURCES.register("pulses", numbers_of_pulses)
        ROUTES.register("changes", Route("live/calls/<int:meeting>/changes", stream_changes))
        person_data.offer_all()
        slots.fill()
