"""What the schedule starts for groups."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from folkmoot.groups.actions import bring_into_force
from folkmoot.groups.models import Amendment
from folkmoot.ledger.schedule import every
from folkmoot.organisation.queries import today_here


@every(timedelta(hours=1))
@task()
def bring_charters_into_force() -> None:
    """Let roles follow the versions of charters whose day has come, the earlier first."""
    waiting = Amendment.objects.filter(in_force_at=None, version__in_force_from__lte=today_here())
    for amendment in waiting.select_related("group").order_by("version__in_force_from", "version__number"):
        bring_into_force(amendment)
