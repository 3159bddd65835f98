"""How a request ends: solved, confirmed, closed since nobody wrote, opened again; and what whoever asked says of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.actions.helping_hold import close_held, end_pause, hold_request, who_cares
from folkmoot.connections.facts.helping import HelpClosed, HelpReopened, HelpSolved
from folkmoot.connections.models.helping import (
    LONGEST_REASON,
    ClosedBecause,
    Face,
    HelpFeedback,
    HelpMessage,
    HelpPause,
    HelpRequest,
    HelpState,
    MessageSort,
)
from folkmoot.connections.notices.helping import HelpIsClosed, HelpIsSolved, HelpReply
from folkmoot.connections.rules.helping import is_asker, may_reopen, may_settle, may_solve
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan.who import author, others


@transaction.atomic
def accept_answer(request: HelpRequest, answer: HelpMessage, *, by: Person) -> HelpRequest:
    """Say which answer helped. By whoever asked it closes the request; by a helper it asks them to confirm.

    Refused `forbidden`; `invalid` for what is no answer in this conversation.
    """
    held = hold_request(request)
    require(may_solve(by, held))
    if answer.request_id != held.pk or not answer.is_answer or answer.sort != MessageSort.SAID:
        raise Refused(_("Choose an answer of this conversation."), code="invalid", field="answer")
    if held.accepted_id == answer.pk and not is_asker(by, held):
        return held
    now = timezone.now()
    end_pause(held, now)
    is_new = held.solved_at is None
    held.accepted, held.solved_at = answer, held.solved_at or now
    held.state, held.last_said_at = HelpState.SOLVED, now
    held.save(update_fields=["accepted", "solved_at", "state", "last_said_at"])
    if is_new:
        record(HelpSolved(held.pk), by=by, on=held, within=held.desk.group)
    if is_asker(by, held):
        return _close(held, ClosedBecause.CONFIRMED, by=by)
    if is_new:
        tell([held.asker], HelpIsSolved(held, days=held.desk.quiet_days))
    return held


@transaction.atomic
def confirm(request: HelpRequest, *, by: Person) -> HelpRequest:
    """Say that it is solved. Refused `forbidden`; `not_solved` where nobody has said so before."""
    held = hold_request(request)
    require(may_settle(by, held))
    if held.state == HelpState.CLOSED:
        return held
    if held.state != HelpState.SOLVED:
        raise Refused(_("Choose the answer that helped first."), code="not_solved")
    return _close(held, ClosedBecause.CONFIRMED, by=by)


@transaction.atomic
def take_back(request: HelpRequest, *, by: Person) -> HelpRequest:
    """Say that one needs it no more; done twice, it is told once."""
    held = hold_request(request)
    require(may_settle(by, held))
    return held if held.state == HelpState.CLOSED else _close(held, ClosedBecause.TAKEN_BACK, by=by)


@transaction.atomic
def reopen(request: HelpRequest, *, by: Person) -> HelpRequest:
    """Open it again; the time in which it counted as settled is counted for nobody. Refused `forbidden`."""
    held = hold_request(request)
    require(may_reopen(by, held))
    now = timezone.now()
    settled = [at for at in (held.solved_at, held.closed_at) if at is not None]
    if settled:
        HelpPause.objects.create(request=held, began_at=min(settled), ended_at=now)
    held.state, held.solved_at, held.accepted, held.same_as = HelpState.OPEN, None, None, None
    held.closed_at, held.closed_because, held.last_said_at = None, "", now
    held.save()
    record(HelpReopened(held.pk), by=by, on=held, within=held.desk.group)
    tell(others([held.asker, *who_cares(held)], by), HelpReply(held, writer=by.name, reopened=True))
    return held


@transaction.atomic
def rate(request: HelpRequest, face: Face, text: str = "", *, by: Person) -> HelpFeedback:
    """Say how well one was helped, or say it anew. Refused `forbidden`; `not_answered` before anybody answered."""
    held = hold_request(request)
    require(may_settle(by, held))
    if held.answered_at is None or held.is_open:
        raise Refused(_("You can say this once it is solved or closed."), code="not_answered")
    values = {"face": Face(face), "text": one_line(text, most=LONGEST_REASON), "given_at": timezone.now()}
    found, _is_new = HelpFeedback.objects.update_or_create(request=held, defaults=values)
    return found


def close_quiet_requests(*, now: datetime) -> int:
    """Close what waits for whoever asked and has been quiet for as long as its desk says; returns how many.

    Each in a transaction of its own, and looked at anew once it is held.
    """
    waiting = HelpRequest.objects.filter(
        state__in=(HelpState.ASKED_BACK, HelpState.SOLVED), last_said_at__lte=now - timedelta(days=1)
    )
    closed = 0
    for request in waiting.select_related("desk").order_by("pk"):
        if _is_quiet(request, now):
            with transaction.atomic():
                held = hold_request(request)
                if held.state in (HelpState.ASKED_BACK, HelpState.SOLVED) and _is_quiet(held, now):
                    _close(held, ClosedBecause.QUIET, by=system())
                    closed += 1
    return closed


def _is_quiet(request: HelpRequest, now: datetime) -> bool:
    return request.last_said_at <= now - timedelta(days=request.desk.quiet_days)


def _close(held: HelpRequest, because: ClosedBecause, *, by: Actor) -> HelpRequest:
    close_held(held, because, timezone.now())
    record(HelpClosed(held.pk, because.value), by=by, on=held, within=held.desk.group)
    if author(by) is None:
        tell([held.asker], HelpIsClosed(held, because))
    return held
