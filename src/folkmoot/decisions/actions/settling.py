"""Counting a vote once it is over, and reminding those whose position is missing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.keeping import adopt, settle
from folkmoot.decisions.actions.motions import hold_motion, note, settle_proposal
from folkmoot.decisions.domain.tally import Result, Tally
from folkmoot.decisions.facts import MotionCounted, ReferralSettled
from folkmoot.decisions.models import Motion, MotionState, Status
from folkmoot.decisions.motion_queries import count_now
from folkmoot.decisions.motion_rules import may_steer_vote
from folkmoot.decisions.motion_terms import counted, kept_terms
from folkmoot.decisions.motion_words import outcome_words
from folkmoot.decisions.notices.motions import MotionWasCounted, PositionIsMissing
from folkmoot.groups.models import GroupState
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here

REMIND_BEFORE = (48, 24)
"""Hours before the end at which those are reminded who have a vote and took no position."""


@transaction.atomic
def settle_vote(motion: Motion, *, by: Actor) -> Tally:
    """Count a vote that is over, or one in which everybody with a vote has taken a position; done once.

    Carried, the decision is adopted, with the change of the charter it is about, in the same transaction. Refused
    `settled` when the vote is not open, `too_early` while somebody may still take a position.
    """
    held = hold_motion(motion)
    require(may_steer_vote(by, held.decision.group))
    if not held.is_voting or held.closes_at is None:
        raise Refused(_("There is no open vote on this motion."), code="settled")
    now = timezone.now()
    tally = count_now(held)
    if now < held.closes_at and not tally.everybody_spoke:
        raise Refused(
            _("A vote is closed before its end only when everybody with a vote has taken a position."),
            code="too_early",
        )
    _write(held, tally, by=by, now=now)
    return tally


def settle_due(now: datetime | None = None) -> int:
    """Count every vote whose end has passed, in groups that are open; returns how many."""
    moment = now or timezone.now()
    due = Motion.objects.filter(state=MotionState.VOTING, closes_at__lte=moment)
    number = 0
    for motion in due.exclude(decision__group__state=GroupState.CLOSED).select_related("decision__group"):
        try:
            settle_vote(motion, by=system())
        except Refused as refused:
            if refused.code not in ("settled", "forbidden"):  # a manager was faster, or the group was closed meanwhile
                raise
        else:
            number += 1
    return number


def remind_voters(now: datetime | None = None) -> int:
    """Remind those who have a vote and took no position of the end that comes near; returns how many were told.

    May run as often as one likes: each person is told once for each distance, and of two that have passed only the
    nearest. A vote that was opened later than a distance before its end does without that one.
    """
    moment = now or timezone.now()
    soon = Motion.objects.filter(
        state=MotionState.VOTING, closes_at__gt=moment, closes_at__lte=moment + timedelta(hours=max(REMIND_BEFORE))
    ).exclude(decision__group__state=GroupState.CLOSED)
    told = 0
    for motion in soon.select_related("decision__group"):
        assert motion.closes_at is not None
        assert motion.vote_opened_at is not None
        left = motion.closes_at - moment
        hours = min((hours for hours in REMIND_BEFORE if left <= timedelta(hours=hours)), default=None)
        if hours is None or motion.vote_opened_at > motion.closes_at - timedelta(hours=hours):
            continue
        silent = motion.voters.filter(round=motion.round, binding=True).exclude(positions__stands=True)
        notice = PositionIsMissing(motion, motion.closes_at, hours)
        known = set(Telling.objects.filter(kind=notice.kind, once_key=notice.once()).values_list("person", flat=True))
        people = [voter.person for voter in silent.select_related("person") if voter.person_id not in known]
        with transaction.atomic():
            told += len(tell(people, notice))
    return told


def _write(held: Motion, tally: Tally, *, by: Actor, now: datetime) -> None:
    words = outcome_words(tally, kept_terms(held))
    held.result, held.counted_at = counted(tally), now
    if tally.result == Result.NO_QUORUM:
        held.state = MotionState.NO_QUORUM
    elif tally.result == Result.CARRIED:
        words = _carry(held, words, by=by, now=now)
    else:
        held.state = MotionState.FAILED
        settle(held.decision, Status.DECLINED, by=by, on_day=today_here(), at=now, reason=words)
    held.save(update_fields=["state", "result", "counted_at"])
    if held.state == MotionState.CARRIED:
        by_motion = _("The group voted on it: motion %(label)s was carried, and holds in its place.")
        settle_proposal(held, Status.REFERRED, by=by, reason=by_motion % {"label": held.decision.label}, at=now)
    elif held.state == MotionState.FAILED:
        by_motion = _("The group voted on it: motion %(label)s was not carried.")
        settle_proposal(held, Status.DECLINED, by=by, reason=by_motion % {"label": held.decision.label}, at=now)
    note(
        MotionCounted(
            motion_id=held.pk,
            label=held.decision.label,
            round=held.round,
            result=tally.result.value,
            approve=tally.binding.approve,
            voters=tally.binding.voters,
        ),
        held,
        by,
    )
    if held.origin is not None and held.state != MotionState.NO_QUORUM:
        told = ReferralSettled(
            motion_id=held.origin.pk,
            label=held.origin.decision.label,
            to=held.decision.group.name,
            state=held.state,
        )
        note(told, held.origin, by)
    people = [voter.person for voter in held.voters.filter(round=held.round).select_related("person")]
    mover = [held.decision.proposed_by] if held.decision.proposed_by else []
    tell([*people, *mover], MotionWasCounted(held, words))


def _carry(held: Motion, words: str, *, by: Actor, now: datetime) -> str:
    """Adopt the decision. Where that cannot be, the motion comes to nothing, and the words say why."""
    try:
        with transaction.atomic():
            adopt(held.decision, by=by, on_day=today_here(), at=now)
    except Refused as refused:
        held.state = MotionState.FAILED
        held.decision.refresh_from_db()
        reason = _("%(outcome)s It could not be adopted all the same: %(why)s") % {
            "outcome": words,
            "why": refused.message,
        }
        settle(held.decision, Status.DECLINED, by=by, on_day=today_here(), at=now, reason=reason)
        return reason
    held.state = MotionState.CARRIED
    return words
