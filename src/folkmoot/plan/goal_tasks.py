"""What the schedule starts: the year's list, measuring, reminders, and the first draft of each monthly report."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from folkmoot.groups.models import Group, GroupState
from folkmoot.groups.queries import has_power, managers_of
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.schedule import every
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.actions.activities import bring_year_in_order
from folkmoot.plan.actions.goals import measure_now
from folkmoot.plan.actions.reports import draft_report
from folkmoot.plan.domain.periods import month_of
from folkmoot.plan.goal_notices import ReportWaits, RiskWaits, TouchWaits
from folkmoot.plan.models import KeyResult, Risk, RiskState, Stakeholder


@every(timedelta(hours=24))
@task()
def keep_the_year() -> None:
    """List what each charter in force asks for this year: on the first of January, and when a version takes effect."""
    for group in Group.objects.exclude(state=GroupState.CLOSED):
        bring_year_in_order(group, year=today_here().year, by=system())


@every(timedelta(hours=24))
@task()
def measure_key_results() -> None:
    """Measure what the system measures by itself, for goals that are open and have begun."""
    today = today_here()
    open_ones = KeyResult.objects.exclude(measure="").exclude(goal__group__state=GroupState.CLOSED)
    for key_result in open_ones.filter(goal__closed_at=None).select_related("goal"):
        if key_result.goal.period.first <= today:
            measure_now(key_result, on=min(today, key_result.goal.period.last))


@every(timedelta(hours=24))
@task()
def remind_of_dates() -> None:
    """Say once that a risk is to be looked at again, or that somebody is to be in touch; nothing in closed groups."""
    today = today_here()
    risks = Risk.objects.filter(review_on__lte=today).exclude(state=RiskState.CLOSED)
    for risk in risks.exclude(group__state=GroupState.CLOSED).select_related("owner", "group"):
        tell(_whose(risk.owner, risk.group), RiskWaits(risk))
    touches = Stakeholder.objects.filter(next_touch_on__lte=today).exclude(group__state=GroupState.CLOSED)
    for one in touches.select_related("contact", "group"):
        tell(_whose(one.contact, one.group), TouchWaits(one))


def _whose(person: Person | None, group: Group) -> list[Person]:
    """Who looks after it, while they are in the group and so may read it; else those who lead."""
    return [person] if person is not None and has_power(person, group) else managers_of(group)


@every(timedelta(hours=24))
@task()
def draft_reports() -> None:
    """Draft last month's report of every group that had a charter then and has none, and tell its managers."""
    month = month_of(today_here()).before
    groups = Group.objects.exclude(state=GroupState.CLOSED).filter(charters__in_force_from__lte=month.last)
    for group in groups.exclude(reports__month=month.first).distinct():
        try:
            with transaction.atomic():
                tell(managers_of(group), ReportWaits(draft_report(group, month, by=system())))
        except Refused as refused:
            if refused.code == "already_published":  # a manager was faster
                continue
            raise
