"""Who may do what in a group."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Amendment, AmendmentComment, Group, Power
from folkmoot.groups.queries import ancestors, has_power
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward


def may_found_group(actor: Actor | AnonymousUser | None) -> Verdict:
    """Bring a charter in and so found a group."""
    return YES if is_steward(actor) else no(_("Only a steward of this installation may found a group."))


def may_manage(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Lead the group: its managers, and the steward."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE):
        return YES
    return no(_("Only a manager of %(group)s or a steward may do this.") % {"group": group.name})


def may_read_notes_to_managers(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """What the charter reader noticed is for those who can mend it."""
    return may_manage(actor, group)


def may_oversee(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Appoint who leads the group, and set it up or close it: who leads a group above it, and the steward."""
    if is_steward(actor):
        return YES
    if isinstance(actor, Person) and any(has_power(actor, above, Power.MANAGE) for above in ancestors(group)):
        return YES
    return no(_("Only those who lead the group above %(group)s, or a steward, may do this.") % {"group": group.name})


def may_propose_amendment(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Write another wording of the charter and lay it before everybody: whoever contributes or leads."""
    if has_power(actor, group, Power.MANAGE, Power.TAKE_PART) or may_oversee(actor, group):
        return YES
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
