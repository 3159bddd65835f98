"""Who looks after a request, and how urgent it is."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.helping_hold import checked_line, close_held, helpers_for, hold_request
from folkmoot.connections.facts.helping import HelpClosed, HelpOwned, HelpUrgencyChanged
from folkmoot.connections.models.helping import (
    LONGEST_REASON,
    ClosedBecause,
    HelpMessage,
    HelpRequest,
    HelpWish,
    MessageSort,
    Urgency,
)
from folkmoot.connections.notices.helping import HelpGiven, HelpIsClosed, HelpWanted
from folkmoot.connections.queries.helping import request_for
from folkmoot.connections.queries.helping_clocks import expected
from folkmoot.connections.rules.helping import is_asker, may_care
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan.who import author


@transaction.atomic
def look_after(request: HelpRequest, owner: Person | None, *, by: Actor) -> HelpRequest:
    """Take a request, give it to another helper, or let it go (None). Whoever is given it is told.

    Refused `forbidden`; `invalid` for who does not answer at this desk; `own` for whoever asked.
    """
    held = hold_request(request)
    require(may_care(by, held))
    if owner is not None and owner.pk == held.asker_id:
        raise Refused(_("Whoever asked cannot look after it as well."), code="own", field="owner")
    # Whom somebody is kept apart from is refused in the same words as who does not help here: nobody learns of it.
    if owner is not None and owner != by and owner not in helpers_for(held):
        raise Refused(_("Choose somebody who answers at this desk."), code="invalid", field="owner")
    if held.owner == owner:
        return held
    held.owner = owner
    held.save(update_fields=["owner"])
    key = None if owner is None else owner.pk
    record(HelpOwned(held.pk, key), by=by, about=owner, on=held, within=held.desk.group)
    if owner is not None and owner != by:
        giver = by.name if isinstance(by, Person) else held.desk.name
        tell([owner], HelpGiven(held, giver=giver))
    return held


@transaction.atomic
def ask_helper(request: HelpRequest, helper: Person, *, why: str, by: Actor) -> None:
    """Ask somebody who answers at the desk whether they can help; asked again, it is asked once.

    Refused `forbidden`, `invalid` as `look_after`.
    """
    held = hold_request(request)
    require(may_care(by, held))
    if helper not in helpers_for(held):
        raise Refused(_("Choose somebody who answers at this desk."), code="invalid", field="owner")
    _wish, is_new = HelpWish.objects.get_or_create(request=held, person=helper, defaults={"asked_at": timezone.now()})
    if is_new:
        limit = expected(held.desk, held.promised, held.asked_at).limit
        tell([helper], HelpWanted(held, why=why, limit=limit))


@transaction.atomic
def change_urgency(request: HelpRequest, urgency: Urgency, *, reason: str, by: Actor) -> HelpRequest:
    """Say that a request is more or less urgent; the reason stands in its conversation.

    From then on holds what the desk promises for it now, counted from when it was asked; steps that were taken for
    one urgency are taken anew for another. Refused `forbidden`, `invalid` with params `field`.
    """
    held = hold_request(request)
    require(may_care(by, held))
    urgency = Urgency(urgency)
    if held.urgency == urgency:
        raise Refused(_("It has this urgency."), code="invalid", field="urgency")
    why = checked_line(reason, most=LONGEST_REASON, field="reason", needed=_("Please say why."))
    before, now = held.urgency, timezone.now()
    held.urgency, held.promise, held.last_said_at = urgency, held.desk.promised[urgency].kept(), now
    held.save(update_fields=["urgency", "promise", "last_said_at"])
    HelpMessage.objects.create(
        request=held, by=author(by), sort=MessageSort.URGENCY, urgency=urgency, text=why, said_at=now
    )
    record(HelpUrgencyChanged(held.pk, before, urgency.value), by=by, on=held, within=held.desk.group)
    return held


@transaction.atomic
def point_at(request: HelpRequest, other: HelpRequest, *, by: Actor) -> HelpRequest:
    """Close a request since it was asked before, and point whoever asked there.

    Refused `forbidden`; `invalid` for itself, or for what whoever asked, or whoever points there, may not read.
    """
    held = hold_request(request)
    require(may_care(by, held))
    target, passed = HelpRequest.objects.get(pk=other.pk), {held.pk}
    while target.same_as is not None and target.pk not in passed:
        passed.add(target.pk)
        target = target.same_as
    readable = request_for(held.asker, target.pk) is not None and request_for(by, target.pk) is not None
    if target.pk == held.pk or not readable:
        raise Refused(_("Choose another question that whoever asked may read."), code="invalid", field="other")
    held.same_as = target
    close_held(held, ClosedBecause.DUPLICATE, timezone.now())
    record(HelpClosed(held.pk, ClosedBecause.DUPLICATE.value), by=by, on=held, within=held.desk.group)
    if not is_asker(by, held):
        tell([held.asker], HelpIsClosed(held, ClosedBecause.DUPLICATE))
    return held
