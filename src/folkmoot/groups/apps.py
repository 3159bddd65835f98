from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "folkmoot.groups"
    label = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        # Tasks enter themselves into the schedule.
        from folkmoot.groups import (  # noqa: F401
            amendment_data,
            joining_data,
            mailing,
            office_data,
            own_holdings,
            person_data,
            slots,
            tasks,
        )

        mailing.enter()
        slots.fill()
        person_data.fill()
        own_holdings.offer()
        amendment_data.fill()
        joining_data.offer_all()
        office_data.offer_all()
