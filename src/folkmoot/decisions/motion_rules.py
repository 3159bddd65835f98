"""Who may do what with motions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.decisions.models import Decision, Motion, MotionAmendment, Voter
from folkmoot.decisions.rules import Asking, may_propose_decision, may_steer_decision, proposed_it
from folkmoot.groups.models import Group
from folkmoot.groups.queries import ancestors
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.models import Person


def may_put_motion(actor: Asking, group: Group) -> Verdict:
    """Put a motion: whoever contributes to the group or leads it."""
    return may_propose_decision(actor, group)


def may_second(actor: Asking, motion: Motion) -> Verdict:
    """Stand behind a motion of somebody else, while it is open for amendments."""
    verdict = may_propose_decision(actor, motion.decision.group)
    if not verdict:
        return verdict
    if isinstance(actor, Person) and motion.decision.proposed_by_id == actor.pk:
        return no(_("Somebody other than the mover seconds a motion."))
    if motion.seconder_id is not None:
        return no(_("This motion has been seconded already."))
    return _is_amending(motion)


def may_amend_motion(actor: Asking, motion: Motion) -> Verdict:
    """Propose another wording of a paragraph: whoever may put motions, until the vote is opened."""
    verdict = may_propose_decision(actor, motion.decision.group)
    return _is_amending(motion) if verdict else verdict


def may_answer_amendments(actor: Asking, motion: Motion) -> Verdict:
    """Accept or decline amendments: the mover, and those who lead the group, until the vote is opened."""
    verdict = may_steer_decision(actor, motion.decision)
    return _is_amending(motion) if verdict else verdict


def may_withdraw_amendment(actor: Asking, amendment: MotionAmendment) -> Verdict:
    """Take one's own amendment back while nobody has answered it."""
    if not isinstance(actor, Person) or not actor.is_active or amendment.by_id != actor.pk:
        return no(_("Only whoever proposed this amendment may take it back."))
    if not amendment.is_open:
        return no(_("This amendment has been answered already."))
    return _is_amending(amendment.motion)


def may_steer_vote(actor: Asking, group: Group) -> Verdict:
    """Open a vote, close it, let it go on or take the motion up again, refer it: those who lead the group."""
    return may_manage(actor, group)


def may_withdraw_motion(actor: Asking, decision: Decision) -> Verdict:
    """Withdraw a motion: its mover, and those who lead the group, also once the vote is open."""
    if proposed_it(actor, decision) or leads(actor, decision.group):
        return is_open_for_work(decision.group)
    return no(
        _("Only whoever put this motion, or a manager of %(group)s, may withdraw it.") % {"group": decision.group.name}
    )


def may_take_position(actor: Asking, motion: Motion, voter: Voter | None) -> Verdict:
    """Take a position: whoever is on the roll of a vote that is open."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to take a position."))
    if not motion.is_voting:
        return no(_("Positions are taken while a vote is open; this one is not."))
    if voter is None or voter.person_id != actor.pk:
        return no(_("You were not on the roll when this vote was opened."))
    return is_open_for_work(motion.decision.group)


def may_refer_to(motion: Motion, to: Group) -> Verdict:
    """Whether a group may be handed a motion: one that stands above, and is open."""
    if to.pk not in {above.pk for above in ancestors(motion.decision.group)}:
        return no(_("A motion is referred to a group above, such as the steering committee."))
    return is_open_for_work(to)


def _is_amending(motion: Motion) -> Verdict:
    if motion.is_amending:
        return YES
    return no(_("This motion is not open for amendments any more."))
