"""Telling people that the time for a request runs out: each step of each request exactly once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from folkmoot.connections.actions.helping_hold import helpers_for, hold_request, who_cares
from folkmoot.connections.domain.clocks import steps_due
from folkmoot.connections.domain.help_promises import Clocked, Escalation, Told, last_of_each
from folkmoot.connections.domain.opening import Opening
from folkmoot.connections.facts.helping import HelpEscalated
from folkmoot.connections.models.helping import HelpEscalation, HelpRequest, HelpState
from folkmoot.connections.notices.helping import HelpWaits
from folkmoot.connections.queries.helping import leads_of
from folkmoot.connections.queries.helping_clocks import clock_of, wait_of
from folkmoot.connections.queries.interests import apart_from
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

COUNTED = (HelpState.OPEN, HelpState.ASKED_BACK)


def take_due_steps(*, now: datetime) -> int:
    """Take every step whose time has come; returns how many. Whoever asks again, or at the same time, takes none twice.

    Each request in a transaction of its own: its rows, facts and notices are there together or not at all.
    """
    found = (
        HelpRequest.objects.filter(state__in=COUNTED)
        .select_related("desk__group")
        .prefetch_related("pauses", "steps_taken")
        .order_by("pk")
    )
    openings: dict[int, Opening | None] = {}
    taken = 0
    for request in found:
        if request.desk_id not in openings:
            openings[request.desk_id] = request.desk.opening
        if due_of(request, openings[request.desk_id], now):
            taken += take_steps_of(request, now=now)
    return taken


def due_of(request: HelpRequest, opening: Opening | None, now: datetime) -> list[Escalation]:
    """The steps of a request whose time has come and that were not taken, the earliest first."""
    done = {one.key for one in request.steps_taken.all()}
    found: list[Escalation] = []
    for clocked in Clocked:
        steps = {one.key: one for one in request.desk.escalations if one.clock is clocked}
        taken = {key for key in steps if row_key(request, key) in done}
        due = steps_due(clock_of(request, clocked, opening), [one.step for one in steps.values()], taken, now)
        found.extend(steps[one.key] for one in due)
    return found


def row_key(request: HelpRequest, key: str) -> str:
    """Under which key a step is noted: with the urgency, so that a more urgent request is told of anew."""
    return f"{request.urgency}-{key}"


@transaction.atomic
def take_steps_of(request: HelpRequest, *, now: datetime) -> int:
    """The due steps of one request, looked at anew once it is held. Of several that tell the same people, the last."""
    held = hold_request(request)
    if held.state not in COUNTED:
        return 0
    ours = [step for step in due_of(held, held.desk.opening, now) if _note(held, step, now)]
    for told, step in last_of_each(ours).items():
        people = _told(held, told)
        due = wait_of(held, held.desk.opening, now, step.clock).due
        tell(people, HelpWaits(held, step=step, due=due))
        record(
            HelpEscalated(held.pk, row_key(held, step.key), len(people)), by=system(), on=held, within=held.desk.group
        )
    return len(ours)


def _note(request: HelpRequest, step: Escalation, now: datetime) -> bool:
    """Write the row that makes the step ours; False where it was there."""
    try:
        with transaction.atomic():
            HelpEscalation.objects.create(request=request, key=row_key(request, step.key), taken_at=now)
    except IntegrityError:
        return False
    return True


def _told(request: HelpRequest, told: Told) -> list[Person]:
    """Whom a step tells: never whoever asked, nor whom they are kept apart from; where nobody is left, who leads."""
    people: list[Person] = []
    if told is Told.OWNER:
        people = who_cares(request)
    elif told is Told.HELPERS:
        people = helpers_for(request)
    if not people:
        apart = apart_from(request.asker_id) | {request.asker_id}
        people = [person for person in leads_of(request.desk) if person.pk not in apart]
    return people
