from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "folkmoot.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        # The reaction and the scheduled task enter themselves where they belong.
        from folkmoot.live import person_data, reactions, tasks  # noqa: F401
        from folkmoot.live.actions import put_down_of
        from folkmoot.meetings.being_written import BEING_WRITTEN, WayOfWriting

        person_data.fill()
        BEING_WRITTEN.register(
            "together", WayOfWriting(_("Write at the same time as others"), "write_together", put_down_of)
        )
