"""Taking a position on a motion, changing it, and taking a block back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.motions import hold_motion, in_charge, note
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.facts import BlockCleared, PositionTaken
from folkmoot.decisions.models import Motion, Position, Voter
from folkmoot.decisions.motion_queries import voter_of
from folkmoot.decisions.motion_rules import may_take_position
from folkmoot.decisions.notices.motions import BlockWasCleared, BlockWasRaised
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered

LONGEST_TEXT = 5_000


@transaction.atomic
def take_position(motion: Motion, *, by: Person, value: Value, text: str = "") -> Position:
    """Take a position under one's name, or change it; earlier ones stay readable. The same again changes nothing.

    A block wants words and a binding vote; whoever has a voice only declines. Whoever takes another position than the
    block they stood by takes the block back, with `text` as the reason. Refused `over` once the vote has ended.
    """
    held, voter, now = _hold(motion, by)
    words = entered.words(text, LONGEST_TEXT)
    if value == Value.BLOCK:
        if not voter.binding:
            raise Refused(_("Your position is advice; to say no, decline, and write why."), code="advisory")
        if not words:
            raise Refused(
                _("Please write what stands in the way, so that others can do something about it."),
                code="block_needs_words",
            )
    before = voter.positions.filter(stands=True).first()
    if before is not None and (before.value, before.text) == (value.value, words):
        return before
    return _take(held, voter, before, value, words, now)


@transaction.atomic
def clear_block(motion: Motion, *, by: Person, to: Value, why: str) -> Position:
    """Take one's own block back, with the reason, and take another position instead.

    Refused `no_block` when none stands, `reason_needed` without words.
    """
    held, voter, now = _hold(motion, by)
    before = voter.positions.filter(stands=True).first()
    if before is None or not before.is_block:
        raise Refused(_("No block of yours stands."), code="no_block")
    if to == Value.BLOCK:
        raise Refused(_("Please choose what your position is now."), code="invalid")
    words = entered.words(why, LONGEST_TEXT)
    if not words:
        raise Refused(_("Please say in a few words what has changed."), code="reason_needed")
    return _take(held, voter, before, to, words, now)


def _hold(motion: Motion, by: Person) -> tuple[Motion, Voter, datetime]:
    """The motion held, the person's place on its roll, and the moment; refused where no position can be taken."""
    held = hold_motion(motion)
    voter = voter_of(held, by)
    require(may_take_position(by, held, voter))
    assert voter is not None
    now = timezone.now()
    if held.closes_at is None or now >= held.closes_at:
        raise Refused(_("This vote has ended; positions are being counted."), code="over")
    return held, voter, now


def _take(held: Motion, voter: Voter, before: Position | None, value: Value, words: str, now: datetime) -> Position:
    cleared = before is not None and before.is_block and value != Value.BLOCK
    if before is not None:
        before.stands = False
        if cleared:
            before.cleared_at, before.cleared_because = now, words
        before.save(update_fields=["stands", "cleared_at", "cleared_because"])
    taken = Position.objects.create(voter=voter, value=value.value, text=words, at=now)
    label, by = held.decision.label, voter.person
    note(PositionTaken(motion_id=held.pk, label=label, value=value.value, was=before.value if before else ""), held, by)
    if before is not None and cleared:
        note(BlockCleared(motion_id=held.pk, label=label, now=value.value), held, by)
        tell(in_charge(held, by), BlockWasCleared(held, before, by.name))
    if value == Value.BLOCK:
        tell(in_charge(held, by), BlockWasRaised(held, taken, by.name))
    return taken
