"""What the schedule starts: terms begin and end on their days, and lists that nobody took in are forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.groups.actions.managers import keep_terms
from folkmoot.groups.models import RosterDraft
from folkmoot.ledger.schedule import every
from folkmoot.organisation.queries import today_here

ROSTERS_LAST = timedelta(days=1)


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
