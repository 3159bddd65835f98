"""Amending a motion, paragraph by paragraph."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.motions import hold_motion, in_charge, note
from folkmoot.decisions.domain.paragraphs import Change, Conflict, ParagraphChange, apply, join, split
from folkmoot.decisions.facts import MotionAmendmentAnswered, MotionAmendmentMade
from folkmoot.decisions.models import Motion, MotionAmendment
from folkmoot.decisions.motion_queries import changes_accepted
from folkmoot.decisions.motion_rules import may_amend_motion, may_answer_amendments, may_withdraw_amendment
from folkmoot.decisions.notices.motions import AmendmentWaits, AmendmentWasAnswered
from folkmoot.decisions.wording import LONGEST_TEXT
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.who import author, others

State = MotionAmendment.State
LONGEST_WHY = 2_000


@transaction.atomic
def amend_motion(
    motion: Motion, *, by: Actor, change: Change, paragraph: int, text: str = "", why: str = ""
) -> MotionAmendment:
    """Propose other words for a paragraph (counted from 1), to leave it out, or a new one after it (0: at the start).

    Refused `no_such_paragraph`, `invalid` without words where there must be some, `no_difference` where nothing would
    change.
    """
    held = hold_motion(motion)
    require(may_amend_motion(by, held))
    paragraphs = split(held.text)
    if not (0 if change == Change.INSERT else 1) <= paragraph <= len(paragraphs):
        raise Refused(
            _("This motion has %(count)d paragraphs; please choose one of them.") % {"count": len(paragraphs)},
            code="no_such_paragraph",
        )
    words = "" if change == Change.DELETE else join(split(entered.words(text, LONGEST_TEXT)))
    if change != Change.DELETE and not words:
        raise Refused(_("Please write the words that shall stand there."), code="invalid")
    if change == Change.REPLACE and words == paragraphs[paragraph - 1]:
        raise Refused(_("These are the words that stand there already."), code="no_difference")
    last = held.amendments.aggregate(last=Max("number"))["last"] or 0
    made = MotionAmendment.objects.create(
        motion=held,
        number=last + 1,
        change=change.value,
        paragraph=paragraph,
        text=words,
        why=entered.words(why, LONGEST_WHY),
        by=author(by),
        at=timezone.now(),
    )
    note(MotionAmendmentMade(motion_id=held.pk, label=held.decision.label, number=made.number), held, by)
    tell(in_charge(held, by), AmendmentWaits(made, by.name if isinstance(by, Person) else held.decision.group.name))
    return made


@transaction.atomic
def answer_amendment(amendment: MotionAmendment, *, by: Actor, accept: bool, reason: str = "") -> None:
    """Accept an amendment, so that the motion's text changes, or decline it with a reason.

    What was accepted can still be declined until the vote is opened. Refused `conflict` when another accepted
    amendment takes the place of the same paragraph, `answered` when there is nothing left to answer.
    """
    held, motion = _hold(amendment)
    require(may_answer_amendments(by, motion))
    answerable = (State.OPEN,) if accept else (State.OPEN, State.ACCEPTED)
    if held.state not in answerable:
        raise Refused(_("This amendment is %(state)s already.") % {"state": held.get_state_display()}, code="answered")
    why = entered.words(reason, entered.LONGEST_WHY) if accept else entered.reason(reason)
    _settle(held, State.ACCEPTED if accept else State.DECLINED, by=by, reason=why)
    _rewrite(motion)
    tell(others([held.by] if held.by else [], by), AmendmentWasAnswered(held))


@transaction.atomic
def withdraw_motion_amendment(amendment: MotionAmendment, *, by: Person) -> None:
    """Take one's own amendment back while nobody has answered it."""
    held, _motion = _hold(amendment)
    require(may_withdraw_amendment(by, held))
    _settle(held, State.WITHDRAWN, by=by, reason="")


def _hold(amendment: MotionAmendment) -> tuple[MotionAmendment, Motion]:
    motion = hold_motion(amendment.motion)
    held = motion.amendments.get(pk=amendment.pk)
    held.motion = motion
    return held, motion


def _settle(held: MotionAmendment, state: State, *, by: Actor, reason: str) -> None:
    if state == State.ACCEPTED and held.change != Change.INSERT:
        other = (
            held.motion.amendments.filter(state=State.ACCEPTED, paragraph=held.paragraph)
            .exclude(change=Change.INSERT)
            .first()
        )
        if other is not None:
            raise Refused(
                _("Amendment %(other)d of the same paragraph was accepted before. Decline that one first.")
                % {"other": other.number},
                code="conflict",
            )
    held.state, held.reason = state, reason
    held.answered_by, held.answered_at = author(by), timezone.now()
    held.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    note(
        MotionAmendmentAnswered(
            motion_id=held.motion.pk,
            label=held.motion.decision.label,
            number=held.number,
            state=held.state,
            reason=reason,
        ),
        held.motion,
        by,
    )


def _rewrite(motion: Motion) -> None:
    """Let the decision say what the motion says with all accepted amendments."""
    text = amended_text(motion, list(motion.amendments.all()))
    if not text:
        raise Refused(_("With this amendment nothing of the motion would be left."), code="invalid")
    if len(text) > LONGEST_TEXT:
        raise Refused(_("With this amendment the motion becomes too long."), code="invalid")
    motion.decision.text = text
    motion.decision.edition += 1
    motion.decision.save(update_fields=["text", "edition"])


def amended_text(motion: Motion, amendments: list[MotionAmendment]) -> str:
    """The text with all accepted amendments."""
    changes: list[ParagraphChange] = changes_accepted(amendments)
    try:
        return join(apply(split(motion.text), changes))
    except Conflict as conflict:
        raise Refused(
            _("Two accepted amendments take the place of paragraph %(number)d.") % {"number": conflict.paragraph},
            code="conflict",
        ) from None
