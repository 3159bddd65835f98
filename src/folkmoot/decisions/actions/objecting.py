"""Objections to a text that lies before the group, their answers, and a yes said aloud."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.keeping import hold_decision, require_unsettled
from folkmoot.decisions.facts import DecisionSupported, ObjectionAnswered, ObjectionRaised, ObjectionTakenBack
from folkmoot.decisions.models import Decision, Objection, Silence, SilenceEnd, Support
from folkmoot.decisions.notices import ObjectionIsAnswered, ObjectionIsRaised, ObjectionIsTakenBack
from folkmoot.decisions.rules import may_object, may_steer_decision, may_take_back
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.who import author, others

LONGEST_REASON = 5_000


@transaction.atomic
def object_to(decision: Decision, *, reason: str, by: Person) -> Objection:
    """Object to a text, with a reason; it is not adopted while that stands. Whoever proposed it is told.

    Refused `over` when the time of silence is over, `objected` to whoever objects already.
    """
    held = hold_decision(decision)
    require(may_object(by, held))
    silence = _running(held)
    words = entered.words(reason, LONGEST_REASON)
    if not words:
        raise Refused(_("Please say why; an objection is answered by what it says."), code="reason_needed")
    if held.objections.filter(by=by, withdrawn_at=None).exists():
        raise Refused(_("You object to this already."), code="objected")
    held.supports.filter(by=by).delete()
    made = Objection.objects.create(decision=held, silence=silence, by=by, reason=words, at=timezone.now())
    record(
        ObjectionRaised(decision_id=held.pk, label=held.label, objection_id=made.pk), by=by, on=held, within=held.group
    )
    tell(others(_who_answers(held), by), ObjectionIsRaised(made))
    return made


@transaction.atomic
def answer_objection(objection: Objection, *, answer: str, by: Actor) -> Objection:
    """Answer an objection, once; whoever raised it is told, and may take it back.

    Refused `answered` and `taken_back` when there is nothing to answer any more.
    """
    held, found = _held(objection)
    require(may_steer_decision(by, held))
    require_unsettled(held)
    if not found.stands:
        raise Refused(_("This objection was taken back."), code="taken_back")
    if found.answered_at is not None:
        raise Refused(_("This objection was answered already."), code="answered")
    words = entered.words(answer, LONGEST_REASON)
    if not words:
        raise Refused(_("Please write an answer."), code="invalid")
    found.answer, found.answered_by, found.answered_at = words, author(by), timezone.now()
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    record(
        ObjectionAnswered(decision_id=held.pk, label=held.label, objection_id=found.pk),
        by=by,
        on=held,
        within=held.group,
    )
    tell(others([found.by], by), ObjectionIsAnswered(found))
    return found


@transaction.atomic
def take_back_objection(objection: Objection, *, by: Person) -> Objection:
    """Take one's objection back; twice is once. Whoever proposed is told."""
    held, found = _held(objection)
    require(may_take_back(by, found))
    if not found.stands:
        return found
    require_unsettled(held)
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record(
        ObjectionTakenBack(decision_id=held.pk, label=held.label, objection_id=found.pk),
        by=by,
        on=held,
        within=held.group,
    )
    tell(others(_who_answers(held), by), ObjectionIsTakenBack(found))
    return found


@transaction.atomic
def support_decision(decision: Decision, *, by: Person) -> None:
    """Say yes to a text that lies before the group; silence would do, and twice is once.

    Refused `objected` to whoever objects to it.
    """
    held = hold_decision(decision)
    require(may_object(by, held))
    _running(held)
    if held.objections.filter(by=by, withdrawn_at=None).exists():
        raise Refused(_("You object to this; take the objection back first."), code="objected")
    _support, is_new = Support.objects.get_or_create(decision=held, by=by, defaults={"at": timezone.now()})
    if is_new:
        record(DecisionSupported(decision_id=held.pk, label=held.label), by=by, on=held, within=held.group)


def _held(objection: Objection) -> tuple[Decision, Objection]:
    held = hold_decision(objection.decision)
    found = Objection.objects.select_related("by", "decision__group").get(pk=objection.pk)
    return held, found


def _running(held: Decision) -> Silence:
    """The period that runs now. Asked once the group's row is held, so that nobody is late and yet in time."""
    require_unsettled(held)
    found = held.silences.filter(outcome=SilenceEnd.RUNNING, ends_at__gt=timezone.now()).first()
    if found is None:
        raise Refused(_("The time to object is over."), code="over")
    return found


def _who_answers(held: Decision) -> list[Person]:
    return [held.proposed_by] if held.proposed_by and held.proposed_by.is_active else managers_of(held.group)
