"""Who may set up an election, move its days and cancel it."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import FROZEN, Election, ElectionState, Stage
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.rules.elections import is_about, is_for_others, is_officer, may_prepare
from folkmoot.groups.rules import leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor

Who: TypeAlias = "Actor | AnonymousUser | None"

FROZEN_STAGES = (
    Stage.ROLES,
    Stage.CALL,
    Stage.NOMINATIONS,
    Stage.ACCEPTANCE,
    Stage.QUESTIONS,
    Stage.FREEZE,
    Stage.VOTING,
    Stage.GRACE,
)
"""These days stand in what was frozen when voting opened, or lie before it."""
CANNOT_BE_CANCELLED = (ElectionState.COUNTED, ElectionState.RELEASED, ElectionState.CERTIFIED)


def looks_after(actor: Who, election: Election) -> Verdict:
    """Whether somebody looks after an election: its officers, and who leads the group; never whom it is about."""
    if is_about(actor, election):
        return is_for_others()
    return YES if is_officer(actor, election) else leads(actor, election.group)


def may_announce(actor: Who, election: Election) -> Verdict:
    """Whether an election may be announced by somebody: once, by those who prepare it, and with something to elect."""
    if election.state != ElectionState.DRAFT:
        return no(_("It was announced already."))
    verdict = may_prepare(actor, election)
    if verdict and not election.contests.exists():
        return no(_("There is nothing to vote on yet. Please add a contest first."))
    return verdict


def may_change_contests(actor: Who, election: Election) -> Verdict:
    """Contests change while it is prepared; once people were called to stand only until anybody does."""
    return may_prepare(actor, election)


def may_move_days(actor: Who, election: Election, stage: Stage | None = None) -> Verdict:
    """Whether somebody may move the days of a step: those up to the end of voting until they are frozen."""
    if election.state in (ElectionState.CANCELLED, ElectionState.CERTIFIED):
        return no(_("This election has come to its end."))
    if election.state in FROZEN and stage in FROZEN_STAGES:
        return no(_("Voting was opened with these days, so they cannot change any more."))
    return looks_after(actor, election)


def may_cancel(actor: Who, election: Election) -> Verdict:
    """Whether somebody may cancel an election: until its ballots are counted, as officers know the result then."""
    if election.state == ElectionState.CANCELLED:
        return no(_("It is cancelled already."))
    if election.state in CANNOT_BE_CANCELLED or ElectionBundle.objects.filter(election=election).exists():
        return no(_("The ballots are counted, so the election can no longer be cancelled."))
    return looks_after(actor, election)


def may_write_messages(actor: Who, election: Election) -> Verdict:
    """Whether somebody may write and send what people are told about an election."""
    if election.state == ElectionState.CANCELLED:
        return no(_("This election was cancelled."))
    return looks_after(actor, election)
