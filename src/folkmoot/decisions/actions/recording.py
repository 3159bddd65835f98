"""Writing down what was decided on a call, and correcting in sight what is said of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.keeping import adopt, hold_decision, settle, write_decision
from folkmoot.decisions.facts import DecisionCorrected, DecisionShown
from folkmoot.decisions.models import Decision, DecisionRevision, Status, Way
from folkmoot.decisions.rules import may_record_decision
from folkmoot.decisions.wording import LONGEST_TEXT, Wording
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import Verdict, require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.who import author

RECORDED = (Status.ADOPTED, Status.DECLINED, Status.REFERRED)


@transaction.atomic
def record_decision(
    group: Group,
    wording: Wording,
    *,
    by: Actor,
    on_day: date | None = None,
    status: Status = Status.ADOPTED,
    reason: str = "",
    proposed_by: Person | None = None,
    at: datetime | None = None,
    number: int | None = None,
    is_inside: bool = False,
    entrusted: Verdict | None = None,
) -> Decision:
    """Write down what the group decided on a call, on a day (today by default); it is settled with that.

    `status` is adopted, declined or referred; the latter two want a reason. Refused `future` for a day to come. An
    amendment that is decided on is adopted in the same transaction. What is brought in from elsewhere keeps its
    `number` if it can, and may stay for people in the group alone (`is_inside`), until `show_decision`. `entrusted`
    is what the rule of another room says of somebody who need not lead the group for this, as the scribe of the call.
    """
    require(entrusted if entrusted is not None else may_record_decision(by, group))
    if status not in RECORDED:
        raise Refused(_("A decision that was reached is adopted, declined or referred."), code="invalid")
    today = today_here()
    day = on_day or today
    if day > today:
        raise Refused(_("That day has not come yet; a decision is written down once it is reached."), code="future")
    moment = at or timezone.now()
    decision = write_decision(
        group,
        wording,
        way=Way.CALL,
        year=day.year,
        proposed_by=proposed_by or (None if is_inside else author(by)),
        at=moment,
        number=number,
        is_inside=is_inside,
    )
    if status == Status.ADOPTED:
        adopt(decision, by=by, on_day=day, at=moment)
    else:
        settle(decision, status, by=by, on_day=day, at=moment, reason=entered.reason(reason))
    return decision


@transaction.atomic
def show_decision(decision: Decision, *, by: Actor) -> Decision:
    """Show a decision to everybody that was for people in the group alone; done twice, it is told once."""
    held = hold_decision(decision)
    require(may_record_decision(by, held.group))
    if held.is_inside:
        held.is_inside = False
        held.save(update_fields=["is_inside"])
        record(
            DecisionShown(decision_id=held.pk, label=held.label, title=held.title), by=by, on=held, within=held.group
        )
    return held


@transaction.atomic
def correct_decision(
    decision: Decision, *, by: Actor, rationale: str, alternatives: str, why: str, edition: int
) -> Decision:
    """Correct why a settled decision was taken; what stood there stays readable. The decision itself does not change.

    Refused `newer_edition` when somebody corrected it since the edition that the author had before them. Saved as it
    stands, nothing is written.
    """
    held = hold_decision(decision)
    require(may_record_decision(by, held.group))
    if not held.is_settled:
        raise Refused(_("This is not settled yet; change the proposal itself."), code="not_settled")
    require_edition(held, edition)
    new = {
        "rationale": entered.words(rationale, LONGEST_TEXT),
        "alternatives": entered.words(alternatives, LONGEST_TEXT),
    }
    revise(held, new, by=by, why=entered.reason(why) if _differs(held, new) else "", at=timezone.now())
    return held


def require_edition(held: Decision, edition: int) -> None:
    """Refused `newer_edition` when the words were changed since somebody read them."""
    if held.edition != edition:
        raise Refused(
            _("This was changed in the meantime, perhaps in another window. Your words are kept below."),
            code="newer_edition",
        )


def revise(held: Decision, new: dict[str, str], *, by: Actor, why: str, at: datetime) -> list[str]:
    """Put new words in place of old ones and keep the old; returns the names of the parts that changed."""
    parts = _differs(held, new)
    if not parts:
        return []
    DecisionRevision.objects.bulk_create(
        DecisionRevision(
            decision=held, part=part, was=getattr(held, part), now=new[part], why=why, by=author(by), at=at
        )
        for part in parts
    )
    for part in parts:
        setattr(held, part, new[part])
    held.edition += 1
    held.save(update_fields=[*parts, "edition"])
    record(DecisionCorrected(decision_id=held.pk, label=held.label, parts=parts), by=by, on=held, within=held.group)
    return parts


def _differs(held: Decision, new: dict[str, str]) -> list[str]:
    return [part for part, words in new.items() if getattr(held, part) != words]
