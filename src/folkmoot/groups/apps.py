from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "folkmoot.groups"
    label = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        from folkmoot.groups import mailing, person_data, slots

        mailing.enter()
        slots.fill()
        person_data.fill()
