from __future__ import annotations

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "folkmoot.invitations"
    label = "invitations"
    verbose_name = "Invitations"

    def ready(self) -> None:
        # Reactions and the nightly task enter themselves where they belong.
        from folkmoot.invitations import reactions, slots, tasks  # noqa: F401

        slots.fill()
