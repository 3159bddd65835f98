"""What the schedule starts for groups."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.groups.actions.amending import bring_into_force
from folkmoot.groups.actions.handover_signing import pass_what_was_shadowed
from folkmoot.groups.actions.managers import keep_terms
from folkmoot.groups.actions.term_watch import (
    end_terms_that_are_over,
    warn_of_ending_terms,
    warn_of_groups_without_manager,
)
from folkmoot.groups.models import Amendment, RosterDraft
from folkmoot.ledger.schedule import every
from folkmoot.organisation.queries import today_here

ROSTERS_LAST = timedelta(days=1)


@every(timedelta(hours=3))
@task()
def watch_terms() -> None:
    """End the terms that are over, warn of those that soon will be, and of groups that nobody leads."""
    today = today_here()
    end_terms_that_are_over(on=today)
    warn_of_ending_terms(on=today)
    warn_of_groups_without_manager(on=today)


@every(timedelta(hours=3))
@task()
def end_shadowing() -> None:
    """Let roles and seats pass whose time of shadowing is over."""
    pass_what_was_shadowed(on=today_here())


@every(timedelta(hours=6))
@task()
def keep_terms_of_managers() -> None:
    """Bring the terms in step with today, in the organisation's zone; safe to run at any time and twice."""
    keep_terms(on=today_here())


@every(timedelta(hours=6))
@task()
def forget_rosters() -> None:
    """Delete lists of people that were uploaded more than a day ago."""
    RosterDraft.objects.filter(made_at__lt=timezone.now() - ROSTERS_LAST).delete()


@every(timedelta(hours=1))
@task()
def bring_charters_into_force() -> None:
    """Let roles follow the versions of charters whose day has come, the earlier first."""
    waiting = Amendment.objects.filter(in_force_at=None, version__in_force_from__lte=today_here())
    for amendment in waiting.select_related("group").order_by("version__in_force_from", "version__number"):
        bring_into_force(amendment)
