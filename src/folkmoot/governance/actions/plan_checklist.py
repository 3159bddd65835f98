"""The checklist of an election: started with it, dated by its steps, moved when they move."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType

from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.election_list import ELECTION_LIST, STEP_OF_CHECK
from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.plan import days_of
from folkmoot.groups.rules import is_open_for_work
from folkmoot.ledger.actors import Actor, system
from folkmoot.people.models import Person
from folkmoot.plan.actions import date_lines, start_checklist, stop_checklist
from folkmoot.plan.models import Checklist, ChecklistState


def begin_checklist(election: Election, *, by: Actor) -> Checklist:
    """Start the list of what is to be done; its lines are of whoever began, until they are handed over."""
    days = days_of(election)
    checklist = start_checklist(
        ELECTION_LIST,
        group=election.group,
        anchor=days[Step.VOTING].first,
        people={"manager": by} if isinstance(by, Person) else {},
        subject=election,
        name=election.title,
        by=by,
    )
    redate_checklist(election, by=by)
    return checklist


def checklist_of(election: Election) -> Checklist | None:
    """The list of an election, running or over."""
    kind = ContentType.objects.get_for_model(Election)
    found = Checklist.objects.filter(template_key=ELECTION_LIST, subject_type=kind, subject_id=election.pk)
    return found.order_by("-pk").first()


def redate_checklist(election: Election, *, by: Actor) -> None:
    """Let the open lines of the list be due by the election's days as they are."""
    checklist = checklist_of(election)
    if checklist is None or not checklist.is_open or not is_open_for_work(election.group):
        return
    days = days_of(election)
    dated = {line.pk: due for line in checklist.lines.all() if (due := _due(line.check_name, days)) is not None}
    # Officers move days as well, and lead no group: the list follows by itself.
    date_lines(checklist, dated, anchor=days[Step.VOTING].first, by=system())


def stop_checklist_of(election: Election, *, why: str, by: Actor) -> None:
    """End the list of an election that is not held."""
    checklist = checklist_of(election)
    if checklist is not None and checklist.state == ChecklistState.OPEN:
        stop_checklist(checklist, why=why, by=system())


def _due(check: str, days: dict[Step, Days]) -> date | None:
    placed = STEP_OF_CHECK.get(check)
    if placed is None or placed.step not in days:
        return None
    span = days[placed.step]
    return (span.last if placed.at_end else span.first) + timedelta(days=placed.days)
