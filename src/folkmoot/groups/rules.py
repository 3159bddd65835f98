"""Who may do what in a group."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import (
    Amendment,
    AmendmentComment,
    Group,
    GroupProposal,
    GroupState,
    Handover,
    HandoverState,
    Power,
)
from folkmoot.groups.queries import ancestors, has_power, holds_anything, leads_a_root_group
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor, Stand
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward


def may_found_group(actor: Actor | AnonymousUser | None) -> Verdict:
    """Bring a charter in and so found a group."""
    return YES if is_steward(actor) else no(_("Only a steward of this installation may found a group."))


def may_manage(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Lead the group while it is open: its managers, and the steward."""
    return is_open_for_work(group) if (verdict := leads(actor, group)) else verdict


def leads(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Whether somebody is a manager of the group or a steward, also once it is closed."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE):
        return YES
    return no(_("Only a manager of %(group)s or a steward may do this.") % {"group": group.name})


def may_read_notes_to_managers(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """What the charter reader noticed is for those who can mend it."""
    return leads(actor, group)


def may_oversee(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Appoint who leads the group, and set it up or close it: who leads a group above it, and the steward."""
    if is_steward(actor):
        return YES
    if isinstance(actor, Person) and any(has_power(actor, above, Power.MANAGE) for above in ancestors(group)):
        return YES
    return no(_("Only those who lead the group above %(group)s, or a steward, may do this.") % {"group": group.name})


def is_open_for_work(group: Group) -> Verdict:
    """Whether anything may still be changed in a group; asked by every action of groups that changes one."""
    if group.state != GroupState.CLOSED:
        return YES
    return no(_("%(group)s is closed; nothing in it changes any more.") % {"group": group.name})


def is_joinable(group: Group) -> Verdict:
    """Whether people may come in: while a group is forming, and while it is active."""
    if group.state in (GroupState.FORMING, GroupState.ACTIVE):
        return YES
    return no(_("%(group)s takes nobody in, since it is closed.") % {"group": group.name})


def may_fill_seats(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Set up seats and say who holds them: whoever oversees the group, while it is open."""
    verdict = may_oversee(actor, group)
    return is_open_for_work(group) if verdict else verdict


def may_see_holders(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Who holds a seat that is not public is for those who take part in the group or oversee it."""
    if has_power(actor, group) or may_oversee(actor, group):
        return YES
    return no(_("Who holds this seat is known to those who take part in %(group)s.") % {"group": group.name})


def may_begin_handover(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Hand over what one holds in a group: whoever takes part in it or holds a seat of it, while it is open."""
    if isinstance(actor, Person) and holds_anything(actor, group):
        return is_open_for_work(group)
    return no(_("A handover is for those who take part in %(group)s.") % {"group": group.name})


def may_take_lines(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Accept what somebody else declined: whoever contributes to the group or leads it."""
    if has_power(actor, group, Power.MANAGE, Power.TAKE_PART):
        return YES
    return no(_("Only somebody who contributes to %(group)s may take this.") % {"group": group.name})


def may_take_unowned(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Say who takes what waits for an owner: whoever leads the group or oversees it, also once it is closed."""
    return verdict if (verdict := leads(actor, group)) else may_oversee(actor, group)


def may_read_handover(actor: Actor | AnonymousUser | None, handover: Handover) -> Verdict:
    """Those whom it is about, and once it is offered those who lead the group or oversee it."""
    if isinstance(actor, Person):
        if actor.pk == handover.leaver_id:
            return YES
        if handover.state != HandoverState.DRAFT and (
            leads(actor, handover.group)
            or may_oversee(actor, handover.group)
            or may_take_lines(actor, handover.group)
            or handover.lines.filter(taker=actor).exists()
        ):
            return YES
    return no(_("This handover is between others."))


def may_propose_group(actor: Actor | AnonymousUser | None) -> Verdict:
    """Propose a group: anyone who is signed in."""
    if isinstance(actor, Stand) or (isinstance(actor, Person) and actor.is_active):
        return YES
    return no(_("Please sign in to propose a group."))


def may_answer_proposals(actor: Actor | AnonymousUser | None) -> Verdict:
    """Take a proposed group up, or decline it: whoever leads a group that answers to no other, and the steward."""
    if is_steward(actor) or (isinstance(actor, Person) and leads_a_root_group(actor)):
        return YES
    return no(_("Only those who lead a group that others answer to, or a steward, may answer a proposal."))


def may_read_proposal(actor: Actor | AnonymousUser | None, proposal: GroupProposal) -> Verdict:
    """Whoever proposed it, and those who may answer it."""
    if isinstance(actor, Person) and actor.pk == proposal.by_id:
        return YES
    return may_answer_proposals(actor)


def may_set_parent(actor: Actor | AnonymousUser | None, group: Group, parent: Group | None) -> Verdict:
    """Say to whom a group answers: who oversees it and leads or oversees the one above; to none, a steward."""
    verdict = may_oversee(actor, group)
    if not verdict or is_steward(actor):
        return verdict
    if parent is None:
        return no(_("Only a steward may let a group answer to no other."))
    return YES if leads(actor, parent) else may_oversee(actor, parent)


def may_join(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Come into a group by one's own wish, or change one's role in it."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to join."))
    return is_joinable(group)


def may_invite(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Invite people to take part or to follow, answer who asks to join, and bring lists in: who leads the group."""
    verdict = may_manage(actor, group)
    return is_joinable(group) if verdict else verdict


def may_read_names(actor: Actor | AnonymousUser | None) -> Verdict:
    """Read who takes part in a group: everybody who is signed in."""
    if is_steward(actor) or (isinstance(actor, Person) and actor.is_active):
        return YES
    return no(_("Names are shown to people who are signed in."))


def may_propose_amendment(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Write another wording of the charter and lay it before everybody: whoever contributes or leads."""
    if has_power(actor, group, Power.MANAGE, Power.TAKE_PART) or may_oversee(actor, group):
        return is_open_for_work(group)
    return no(
        _("Amendments are proposed by those who contribute to %(group)s. You can comment on what is proposed.")
        % {"group": group.name}
    )


def may_settle_amendments(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Adopt or decline what was proposed, and hide comments: who leads the group, who leads above it, the steward."""
    if may_manage(actor, group) or may_oversee(actor, group):
        return YES
    return no(
        _("Only a manager of %(group)s, those who lead the group above it, or a steward may do this.")
        % {"group": group.name}
    )


def may_see_amendment(actor: Actor | AnonymousUser | None, amendment: Amendment) -> bool:
    """A draft is its author's; all else is public."""
    return not amendment.is_draft or (isinstance(actor, Person) and amendment.by_id == actor.pk)


def may_change_amendment(actor: Actor | AnonymousUser | None, amendment: Amendment) -> Verdict:
    """Change the text of a draft, and lay it before everybody: its author."""
    if not may_see_amendment(actor, amendment) or not isinstance(actor, Person) or amendment.by_id != actor.pk:
        return no(_("Only whoever wrote this amendment may change it."))
    if not amendment.is_draft:
        return no(_("This amendment was proposed; others rely on its text. Withdraw it and propose another one."))
    return may_propose_amendment(actor, amendment.group)


def may_withdraw_amendment(actor: Actor | AnonymousUser | None, amendment: Amendment) -> Verdict:
    """Take a proposal back: its author, and who may settle it."""
    if isinstance(actor, Person) and actor.is_active and amendment.by_id == actor.pk:
        return YES
    return may_settle_amendments(actor, amendment.group)


def may_comment_on(actor: Actor | AnonymousUser | None, amendment: Amendment, *, on: date) -> Verdict:
    """Say something to a proposal: anybody who is signed in, while it is open."""
    if not amendment.is_open:
        return no(_("Comments are open while an amendment is proposed; this one is not, or not any more."))
    if amendment.open_until is not None and on > amendment.open_until:
        return no(_("The time for comments is over."))
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to comment."))
    return YES


def may_change_comment(actor: Actor | AnonymousUser | None, comment: AmendmentComment) -> Verdict:
    """Reword or take back what one said oneself, while the amendment is open."""
    if not isinstance(actor, Person) or comment.by_id != actor.pk:
        return no(_("Only whoever wrote this comment may change it."))
    if not comment.amendment.is_open:
        return no(_("This amendment is settled; what was said to it stays as it is."))
    return YES
