from __future__ import annotations

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "folkmoot.invitations"
    label = "invitations"
    verbose_name = "Invitations"

    def ready(self) -> None:
        from folkmoot.invitations import slots

        slots.fill()
