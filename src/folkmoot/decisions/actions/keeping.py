"""Writing decisions down and settling them, in the caller's transaction, for actions that have asked a rule.

Every way to a decision ends here: on a call, by silence, by motion.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from folkmoot.decisions.facts import DecisionAdopted, DecisionBroughtIn, DecisionSettled, DecisionSuperseded
from folkmoot.decisions.models import UNSETTLED, Decision, Status, Way
from folkmoot.decisions.wording import Wording, checked, in_force
from folkmoot.groups.actions.amending import adopt_amendment
from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.plan.who import author


def write_decision(
    group: Group,
    wording: Wording,
    *,
    way: Way,
    year: int,
    proposed_by: Person | None,
    at: datetime,
    number: int | None = None,
    is_inside: bool = False,
) -> Decision:
    """A decision that is open, with the next number of its year. Holds the group's row; refused once it is closed.

    `number` is one that it has had elsewhere; it keeps that unless another decision has it.
    """
    hold_group(group)
    words = checked(wording, group)
    if words.amendment and words.amendment.decisions.filter(status__in=(*UNSETTLED, Status.ADOPTED)).exists():
        raise Refused(_("Another decision is about this amendment already."), code="conflict")
    last = group.decisions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    if number is None or number < 1 or group.decisions.filter(year=year, number=number).exists():
        number = last + 1
    return Decision.objects.create(
        group=group,
        year=year,
        number=number,
        is_inside=is_inside,
        way=way,
        status=Status.OPEN,
        title=words.title,
        text=words.text,
        rationale=words.rationale,
        alternatives=words.alternatives,
        clause=words.clause,
        clause_anchor=words.clause_anchor,
        objective=words.objective,
        objective_anchor=words.objective_anchor,
        supersedes=words.supersedes,
        amendment=words.amendment,
        proposed_by=proposed_by,
        opened_at=at,
    )


def hold_decision(decision: Decision) -> Decision:
    """The decision as it is now, kept from others until this transaction ends; the group's row comes first."""
    hold_group(decision.group)
    return held_decision(decision)


def held_decision(decision: Decision) -> Decision:
    """As `hold_decision`, where the group's row is held already."""
    found = Decision.objects.select_related("group", "supersedes", "amendment").filter(pk=decision.pk).first()
    if found is None:
        raise Refused(_("This decision is not there any more."), code="not_found")
    return found


def require_unsettled(held: Decision) -> None:
    """Refused `settled` when there is nothing left to decide."""
    if held.is_settled:
        raise Refused(
            _("Decision %(label)s is %(status)s; there is nothing left to decide.")
            % {"label": held.label, "status": held.get_status_display()},
            code="settled",
        )


def adopt(held: Decision, *, by: Actor, on_day: date, at: datetime) -> None:
    """Let a decision hold from now on, and the decision that it supersedes no longer; adopt its amendment.

    Refused `settled` when it is settled already, `not_in_force` when what it supersedes was superseded meanwhile, and
    for whatever reason `groups.actions.amending.adopt_amendment` has.
    """
    require_unsettled(held)
    in_force(held.supersedes, held.group)
    _settle(held, Status.ADOPTED, by=by, on_day=on_day, at=at, reason="")
    if held.amendment is not None:
        why = _("Decision %(label)s: %(title)s") % {"label": held.label, "title": held.title}
        # Consent is no power to appoint: nobody comes to lead by it whom the proposer may not appoint.
        behalf = None if isinstance(by, Person) else held.proposed_by
        adopt_amendment(held.amendment, by=by, reason=why, on_behalf_of=behalf)
    if held.is_inside:
        record(DecisionBroughtIn(decision_id=held.pk, label=held.label), by=by, on=held, within=held.group)
        return
    record(
        DecisionAdopted(
            decision_id=held.pk, label=held.label, title=held.title, way=str(held.way), on=on_day.isoformat()
        ),
        by=by,
        on=held,
        within=held.group,
        at=at,
    )
    if held.supersedes is not None:
        record(
            DecisionSuperseded(
                decision_id=held.supersedes.pk,
                label=held.supersedes.label,
                by_decision_id=held.pk,
                by_label=held.label,
            ),
            by=by,
            on=held.supersedes,
            within=held.group,
            at=at,
        )


def settle(held: Decision, status: Status, *, by: Actor, on_day: date, at: datetime, reason: str) -> None:
    """Settle a decision that is not adopted: declined, withdrawn or referred. Refused `settled` when it is already."""
    require_unsettled(held)
    _settle(held, status, by=by, on_day=on_day, at=at, reason=reason)
    if held.is_inside:
        record(DecisionBroughtIn(decision_id=held.pk, label=held.label), by=by, on=held, within=held.group)
        return
    record(
        DecisionSettled(
            decision_id=held.pk, label=held.label, title=held.title, status=status.value, reason=held.reason
        ),
        by=by,
        on=held,
        within=held.group,
        at=at,
    )


def _settle(held: Decision, status: Status, *, by: Actor, on_day: date, at: datetime, reason: str) -> None:
    held.status, held.reason = status, reason
    held.decided_on, held.settled_at, held.settled_by = on_day, at, author(by)
    held.save(update_fields=["status", "reason", "decided_on", "settled_at", "settled_by"])
