from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "folkmoot.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        # Reactions and tasks enter themselves where they belong.
        from folkmoot.live import person_data, reactions, slots, tasks  # noqa: F401
        from folkmoot.live.actions import put_down_of
        from folkmoot.live.changes import stream_changes
        from folkmoot.live.notes_reading import numbers_of_notes
        from folkmoot.live.notes_socket import write_notes
        from folkmoot.live.queries import numbers_of_pulses
        from folkmoot.live.routes import ROUTES, Kind, Route
        from folkmoot.live.watching import SOURCES
        from folkmoot.meetings.being_written import BEING_WRITTEN, WayOfWriting

        SOURCES.register("pulses", numbers_of_pulses)
        SOURCES.register("notes", numbers_of_notes)
        ROUTES.register("notes", Route("live/notes/<int:item>/", write_notes, Kind.SOCKET))
        BEING_WRITTEN.register(
            "together", WayOfWriting(_("Write at the same time as others"), "write_together", put_down_of)
        )
        ROUTES.register("changes", Route("live/calls/<int:meeting>/changes", stream_changes))
        person_data.offer_all()
        slots.fill()
