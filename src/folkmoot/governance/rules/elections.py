"""Who may look after an election, and who may see it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import Election, ElectionKind, ElectionState
from folkmoot.governance.models.officers import Duty, OfficerState
from folkmoot.governance.queries.electorate import is_of_the_electorate
from folkmoot.groups.models import Group
from folkmoot.groups.rules import is_open_for_work, leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person


def may_begin_election(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Whether somebody may prepare an election: whoever leads the group, or a steward."""
    verdict = leads(actor, group)
    return is_open_for_work(group) if verdict else verdict


def may_see_election(actor: Actor | AnonymousUser | None, election: Election) -> bool:
    """Whether somebody may know that an election is there.

    Everybody, once it is announced; a draft those who lead the group and those who have a duty in it. A practice
    election is for those whom it is held for.
    """
    if election.state != ElectionState.DRAFT and election.kind != ElectionKind.PRACTICE:
        return True
    if leads(actor, election.group):
        return True
    if not isinstance(actor, Person):
        return False
    if election.officers.filter(person=actor).exclude(state=OfficerState.DECLINED).exists():
        return True
    return election.state != ElectionState.DRAFT and is_of_the_electorate(actor, election)


def is_officer(actor: Actor | AnonymousUser | None, election: Election) -> Verdict:
    """Whether somebody is one of the officers of an election."""
    if _has_duty(actor, election, Duty.OFFICER):
        return YES
    return no(_("Only the officers of this election may do this."))


def may_watch(actor: Actor | AnonymousUser | None, election: Election) -> Verdict:
    """Whether somebody may read what officers see: officers and monitors."""
    if _has_duty(actor, election, *Duty):
        return YES
    return no(_("This is for the officers and monitors of this election."))


def may_prepare(actor: Actor | AnonymousUser | None, election: Election) -> Verdict:
    """Whether somebody may change how an election is set up: until it opens its officers, and who leads the group."""
    if election.is_frozen or election.state == ElectionState.CANCELLED:
        return no(_("Voting has begun, so nothing of this can change any more."))
    if is_about(actor, election):
        return is_for_others()
    if is_officer(actor, election):
        return YES
    verdict = leads(actor, election.group)
    return is_open_for_work(election.group) if verdict else verdict


def is_about(actor: Actor | AnonymousUser | None, election: Election) -> bool:
    """Whether a recall or a vote of confidence is about somebody, who then has no hand in how it is held."""
    return isinstance(actor, Person) and election.about_id == actor.pk


def is_for_others() -> Verdict:
    """The no to whom it is about."""
    return no(_("This vote is about you, so others look after it."))


def _has_duty(actor: Actor | AnonymousUser | None, election: Election, *duties: Duty) -> bool:
    return (
        isinstance(actor, Person)
        and election.officers.filter(person=actor, state=OfficerState.ACCEPTED, duty__in=duties).exists()
    )
