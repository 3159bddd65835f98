"""What the schedule starts for nominations."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from folkmoot.governance.actions.nominations_reminding import lapse_unanswered, remind_candidates, tell_of_questions
from folkmoot.ledger.schedule import every


@every(timedelta(hours=1))
@task()
def remind_of_nominations() -> None:
    """Remind of answers and endorsements that are due, and let go what was not answered in time."""
    now = timezone.now()
    lapse_unanswered(now=now)
    remind_candidates(now=now)


@every(timedelta(hours=24))
@task()
def bundle_questions_to_candidates() -> None:
    """Tell candidates once a day of what they were asked."""
    tell_of_questions(now=timezone.now())
