"""Putting a motion, changing its words, seconding, withdrawing it, and handing it to a group above."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.decisions.actions.keeping import held_decision, settle, write_decision
from folkmoot.decisions.actions.recording import require_edition, revise
from folkmoot.decisions.domain.paragraphs import split
from folkmoot.decisions.facts import MotionPut, MotionReferred, MotionSeconded
from folkmoot.decisions.models import SETTLED, Decision, Motion, MotionAmendment, MotionState, Status, Way
from folkmoot.decisions.motion_rules import (
    may_answer_amendments,
    may_put_motion,
    may_refer_to,
    may_second,
    may_steer_vote,
    may_withdraw_motion,
)
from folkmoot.decisions.notices.motions import MotionIsOpen, MotionWasReferred, MotionWasWithdrawn
from folkmoot.decisions.notices.silence import DecisionIsSettled
from folkmoot.decisions.wording import LONGEST_TEXT, Wording
from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of, participations_now
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.facts import Fact
from folkmoot.notices.actions import tell
from folkmoot.notices.kinds import Audience
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan import entered
from folkmoot.plan.who import author, others


@transaction.atomic
def put_motion(
    group: Group, wording: Wording, *, by: Actor, proposal: Decision | None = None, at: datetime | None = None
) -> Motion:
    """Put a motion before the group; it is open for amendments and can be voted on once those who lead open the vote.

    With `wording.amendment` a change of the charter is adopted when the motion is carried. `proposal` is a decision of
    the group that needs talking about, and is settled with the motion. Refused as `decisions.wording.checked` says, and
    `conflict` where the proposal needs no talking about, or another motion was made of it.
    """
    require(may_put_motion(by, group))
    moment = at or timezone.now()
    decision = write_decision(group, wording, way=Way.MOTION, year=today_here().year, proposed_by=author(by), at=moment)
    made_of = _free_proposal(proposal, group) if proposal is not None else None
    motion = Motion.objects.create(decision=decision, text=decision.text, proposal=made_of)
    note(MotionPut(motion_id=motion.pk, label=decision.label, title=decision.title), motion, by, at=moment)
    tell(_everybody(group, by), MotionIsOpen(motion, _name(by, group)))
    return motion


@transaction.atomic
def change_motion(motion: Motion, *, by: Actor, title: str, text: str, rationale: str, edition: int) -> Motion:
    """Change the words of a motion while nobody has amended them; what stood there stays readable.

    Refused `amended` once there are amendments, which count its paragraphs, and `newer_edition` when the words were
    changed since the edition that the author had before them.
    """
    held = hold_motion(motion)
    require(may_answer_amendments(by, held))
    require_edition(held.decision, edition)
    if held.amendments.exclude(state=MotionAmendment.State.WITHDRAWN).exists():
        raise Refused(
            _("There are amendments of these paragraphs; propose another one, or withdraw the motion and put it anew."),
            code="amended",
        )
    words = entered.words(text, LONGEST_TEXT)
    if not split(words):
        raise Refused(_("Please write down what is decided."), code="invalid")
    new = {"title": entered.title(title), "text": words, "rationale": entered.words(rationale, LONGEST_TEXT)}
    revise(held.decision, new, by=by, why="", at=timezone.now())
    held.text = held.decision.text
    held.save(update_fields=["text"])
    return held


@transaction.atomic
def second_motion(motion: Motion, *, by: Person) -> None:
    """Stand behind somebody else's motion as well; done twice, it is written once."""
    held = hold_motion(motion)
    if held.seconder_id == by.pk:
        return
    require(may_second(by, held))
    held.seconder = by
    held.save(update_fields=["seconder"])
    note(MotionSeconded(motion_id=held.pk, label=held.decision.label), held, by)


@transaction.atomic
def withdraw_motion(motion: Motion, *, by: Actor, reason: str) -> None:
    """Take a motion back, with a reason; what was said to it stays readable. Refused `settled` when it is decided."""
    held = hold_motion(motion)
    require(may_withdraw_motion(by, held.decision))
    require_unsettled(held)
    why = entered.reason(reason)
    told = [*_mover(held), *(voter.person for voter in held.voters.filter(round=held.round).select_related("person"))]
    held.state = MotionState.WITHDRAWN
    held.save(update_fields=["state"])
    settle(held.decision, Status.WITHDRAWN, by=by, on_day=today_here(), at=timezone.now(), reason=why)
    tell(others(told, by), MotionWasWithdrawn(held, why))


@transaction.atomic
def refer_motion(motion: Motion, to: Group, *, by: Actor, why: str) -> Motion:
    """Hand a motion to a group above, where it is a motion of its own; returns that one. Each names the other.

    The text goes as it stands, with the amendments that were accepted. Refused `settled` when it is decided, and
    `charter` for a change of this group's charter, which no other group's vote can adopt.
    """
    for group in sorted({motion.decision.group, to}, key=lambda group: group.pk):
        hold_group(group)
    held = read_motion(motion)
    decision = held.decision
    require(may_steer_vote(by, decision.group))
    require(may_refer_to(held, to))
    require_unsettled(held)
    if decision.amendment is not None:
        raise Refused(
            _("A change of this charter is adopted by %(group)s itself, or by those who lead above it without a vote.")
            % {"group": decision.group.name},
            code="charter",
        )
    reason, now = entered.reason(why), timezone.now()
    wording = Wording(
        title=decision.title, text=decision.text, rationale=decision.rationale, alternatives=decision.alternatives
    )
    theirs = write_decision(
        to, wording, way=Way.MOTION, year=today_here().year, proposed_by=decision.proposed_by, at=now
    )
    made = Motion.objects.create(decision=theirs, text=theirs.text, origin=held)
    held.state = MotionState.REFERRED
    held.save(update_fields=["state"])
    settle(decision, Status.REFERRED, by=by, on_day=today_here(), at=now, reason=reason)
    note(MotionReferred(motion_id=held.pk, label=decision.label, to=to.name, to_motion_id=made.pk), held, by)
    note(MotionPut(motion_id=made.pk, label=theirs.label, title=theirs.title, origin=held.pk), made, by)
    words = _("Motion %(label)s was made of it, and referred to %(group)s.")
    settle_proposal(held, Status.REFERRED, by=by, reason=words % {"label": decision.label, "group": to.name}, at=now)
    tell(others([*_mover(held), *managers_of(to)], by), MotionWasReferred(made, reason))
    return made


def settle_proposal(held: Motion, status: Status, *, by: Actor, reason: str, at: datetime) -> None:
    """Settle the proposal of which a motion was made, in the caller's transaction, and tell those who spoke to it.

    One that was settled in another way meanwhile, or lies before the group again, is left as it is.
    """
    if held.proposal_id is None:
        return
    proposal = held_decision(Decision(pk=held.proposal_id))
    if proposal.status != Status.TALK:
        return
    settle(proposal, status, by=by, on_day=today_here(), at=at, reason=reason)
    people = [one.by for one in proposal.objections.filter(withdrawn_at=None).select_related("by")]
    if proposal.proposed_by is not None:
        people.append(proposal.proposed_by)
    tell(others(people, by), DecisionIsSettled(proposal))


def hold_motion(motion: Motion) -> Motion:
    """The motion as it is now, kept from others until this transaction ends; the group's row comes first."""
    hold_group(motion.decision.group)
    return read_motion(motion)


def read_motion(motion: Motion) -> Motion:
    """As `hold_motion`, where the group's row is held already."""
    found = Motion.objects.select_related("origin__decision__group", "seconder").filter(pk=motion.pk).first()
    if found is None:
        raise Refused(_("This motion is not there any more."), code="not_found")
    found.decision = held_decision(Decision(pk=found.decision_id))
    return found


def require_unsettled(held: Motion) -> None:
    """Refused `settled` when there is nothing left to decide."""
    if held.state in SETTLED:
        raise Refused(
            _("Motion %(label)s is %(state)s; there is nothing left to decide.")
            % {"label": held.decision.label, "state": held.get_state_display()},
            code="settled",
        )


def note(fact: Fact, motion: Motion, by: Actor, *, at: datetime | None = None) -> None:
    """Record what happened to a motion."""
    record(fact, by=by, on=motion, within=motion.decision.group, at=at)


def in_charge(motion: Motion, by: Actor) -> list[Person]:
    """Who looks after a motion, without whoever acts: its mover and those who lead the group."""
    return others([*_mover(motion), *managers_of(motion.decision.group)], by)


def _free_proposal(proposal: Decision, group: Group) -> Decision:
    """The proposal as it is now; Refused `conflict` where no motion can be made of it. The group's row is held."""
    found = group.decisions.filter(pk=proposal.pk, status=Status.TALK).first()
    if found is None:
        raise Refused(_("This proposal does not need talking about any more."), code="conflict")
    other = found.motions_made_of_it.exclude(state__in=SETTLED).select_related("decision").first()
    if other is not None:
        raise Refused(
            _("Motion %(label)s was made of this proposal already.") % {"label": other.decision.label}, code="conflict"
        )
    return found


def _mover(motion: Motion) -> list[Person]:
    return [motion.decision.proposed_by] if motion.decision.proposed_by else []


def _name(by: Actor, group: Group) -> str:
    return by.name if isinstance(by, Person) else group.name


def _everybody(group: Group, by: Actor) -> Audience:
    people = [*(here.person for here in participations_now(group)), *managers_of(group)]
    return Audience(others(people, by), place=place_of(group).key)
