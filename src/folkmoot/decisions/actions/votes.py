"""Opening a vote with its roll, letting it go on, and taking a motion up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.motions import hold_motion, note
from folkmoot.decisions.facts import MotionReopened, VoteExtended, VoteOpened
from folkmoot.decisions.models import Motion, MotionAmendment, MotionState, Voter
from folkmoot.decisions.motion_rules import may_steer_vote
from folkmoot.decisions.motion_terms import OnTheRoll, kept, roll_of, terms_of
from folkmoot.decisions.notices.motions import VoteIsOpen
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.plan.who import others

ANYWHERE = "Etc/GMT+12"
"""The zone in which every day ends last: "anywhere on Earth"."""
LONGEST = timedelta(days=366)


@transaction.atomic
def open_vote(motion: Motion, *, closes_on: date, zone: str = ANYWHERE, by: Actor) -> Motion:
    """Open the vote until a day is over in a zone. The terms and the roll are those of this moment.

    Refused `open_amendments` while one is not answered, `past` for an end that is over, `no_voters` when nobody has a
    vote.
    """
    held = hold_motion(motion)
    require(may_steer_vote(by, held.decision.group))
    if not held.is_amending:
        raise Refused(_("A vote is opened on a motion that is open for amendments; this one is not."), code="settled")
    if held.amendments.filter(state=MotionAmendment.State.OPEN).exists():
        raise Refused(_("There are amendments that nobody has accepted or declined yet."), code="open_amendments")
    now = timezone.now()
    held.zone, held.closes_on, held.closes_at = zone, closes_on, end_of(closes_on, zone, now)
    terms = terms_of(held.decision.group, charter_change=held.decision.amendment is not None)
    roll = roll_of(held.decision.group, terms)
    binding = sum(one.binding for one in roll)
    if not binding:
        raise Refused(_("Nobody in this group has a vote by its charter, so there is nobody to ask."), code="no_voters")
    held.terms, held.vote_opened_at, held.state = kept(terms), now, MotionState.VOTING
    held.save(update_fields=["zone", "closes_on", "closes_at", "terms", "vote_opened_at", "state"])
    write_roll(held, roll)
    note(
        VoteOpened(
            motion_id=held.pk,
            label=held.decision.label,
            round=held.round,
            closes_at=held.closes_at.isoformat(),
            binding=binding,
            advisory=len(roll) - binding,
        ),
        held,
        by,
    )
    for is_binding in (True, False):
        asked = [one.person for one in roll if one.binding == is_binding]
        tell(others(asked, by), VoteIsOpen(held, is_binding, held.closes_at))
    return held


def write_roll(held: Motion, roll: Sequence[OnTheRoll]) -> list[Voter]:
    """Freeze the roll of the present vote, in the caller's transaction."""
    return Voter.objects.bulk_create(
        Voter(
            motion=held,
            round=held.round,
            person=one.person,
            binding=one.binding,
            leads=one.leads,
            role=one.role[:200],
            because=one.said.text if one.said else "",
            clause_anchor=one.said.anchor if one.said else "",
        )
        for one in roll
    )


@transaction.atomic
def extend_vote(motion: Motion, *, closes_on: date, by: Actor) -> Motion:
    """Let a vote that found no quorum go on, once; the roll and the positions that were taken stand.

    Refused `not_extendable` for any other motion and for the second time.
    """
    held = hold_motion(motion)
    require(may_steer_vote(by, held.decision.group))
    if not held.lacks_quorum or held.extended:
        raise Refused(
            _("A vote goes on for longer once, after it found no quorum. You can take the motion up again instead.")
            if held.extended
            else _("A vote goes on for longer only where it found no quorum."),
            code="not_extendable",
        )
    now = timezone.now()
    held.closes_on, held.closes_at = closes_on, end_of(closes_on, held.zone, now)
    held.state, held.extended, held.counted_at, held.result = MotionState.VOTING, True, None, {}
    held.save(update_fields=["closes_on", "closes_at", "state", "extended", "counted_at", "result"])
    note(VoteExtended(motion_id=held.pk, label=held.decision.label, closes_at=held.closes_at.isoformat()), held, by)
    silent = held.voters.filter(round=held.round).exclude(positions__stands=True).select_related("person")
    for is_binding in (True, False):
        asked = [voter.person for voter in silent if voter.binding == is_binding]
        tell(others(asked, by), VoteIsOpen(held, is_binding, held.closes_at))
    return held


@transaction.atomic
def reopen_motion(motion: Motion, *, by: Actor) -> Motion:
    """Take a motion that found no quorum up again: it is open for amendments, and then for another vote.

    The positions of the vote before stay readable and are not counted again. Refused `settled` for any other motion.
    """
    held = hold_motion(motion)
    require(may_steer_vote(by, held.decision.group))
    if not held.lacks_quorum:
        raise Refused(_("Only a motion that found no quorum is taken up again."), code="settled")
    held.state, held.round, held.extended = MotionState.AMENDING, held.round + 1, False
    held.terms, held.result, held.counted_at = {}, {}, None
    held.closes_on = held.closes_at = held.vote_opened_at = None
    held.save()
    note(MotionReopened(motion_id=held.pk, label=held.decision.label, round=held.round), held, by)
    return held


def end_of(day: date, zone: str, now: datetime) -> datetime:
    """The instant at which a day is over in a zone. Refused `past` when it is over, or too far away."""
    name = zone if zone == ANYWHERE else zones.canonical(zone)
    try:
        local = datetime.combine(day + timedelta(days=1), time())
    except OverflowError:
        raise Refused(_("That day is too far away; a vote lasts a year at most."), code="invalid") from None
    end = zones.local_to_utc(local, name).candidates[-1].utc
    if end <= now:
        raise Refused(_("That day is over already; please choose a later one."), code="past")
    if end > now + LONGEST:
        raise Refused(_("That day is too far away; a vote lasts a year at most."), code="invalid")
    return end
