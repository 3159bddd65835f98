"""Who may read a roll, ask past it, answer that, and give a vote away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import Election, ElectionState, Stage
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.rolls_exceptions import ExceptionState, RollException
from folkmoot.governance.queries.elections import day_in, officers_serving, stages_of
from folkmoot.governance.queries.electorate import is_of_the_electorate
from folkmoot.governance.queries.rolls import proxies_most
from folkmoot.governance.rules.elections import is_about, is_officer, may_watch
from folkmoot.groups.rules import leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.ui import times

Who: TypeAlias = "Actor | AnonymousUser | None"
IN_THE_RUNNING = (NominationState.PROPOSED, NominationState.STANDING)


def may_read_roll(actor: Who, election: Election) -> Verdict:
    """The names of those who may vote: officers and monitors, and until it is frozen those who lead the group."""
    if may_watch(actor, election) or (not election.is_frozen and leads(actor, election.group)):
        return YES
    return no(_("Only the officers and monitors of this election read its roll."))


def asks_until(election: Election) -> date | None:
    """The last day on which exceptions can be asked for; None where the election names none."""
    steps = stages_of(election)
    if Stage.FREEZE in steps:
        return steps[Stage.FREEZE].last
    return date.fromordinal(steps[Stage.VOTING].first.toordinal() - 1) if Stage.VOTING in steps else None


def is_before_freeze(election: Election, now: datetime) -> Verdict:
    """Whether the roll can still change, and the day on which that ends has not passed."""
    if election.is_frozen or election.state == ElectionState.CANCELLED:
        return no(_("The roll is frozen, so nothing of it can change any more."))
    until = asks_until(election)
    if until is not None and day_in(election, now) > until:
        return no(_("This was possible until %(day)s.") % {"day": times.plain_date(until)})
    return YES


def may_ask_exception(person: Person, election: Election, now: datetime) -> Verdict:
    """Ask to vote past the criteria: whoever is of those who elect, once, until the freeze."""
    verdict = is_before_freeze(election, now)
    if not verdict:
        return verdict
    if not is_of_the_electorate(person, election):
        if election.reaches_below:
            return no(_("Exceptions are for those who take part in one of the groups that elect."))
        return no(_("Exceptions are for those who take part in the group."))
    if RollException.objects.filter(election=election, person=person).exists():
        return no(_("You have asked already."))
    return YES


def may_appeal(person: Person, exception: RollException, now: datetime) -> Verdict:
    """Ask for a second answer: whoever got a no, once, until the freeze."""
    if exception.person_id != person.pk:
        return no(_("Only whoever asked for an exception can appeal."))
    if exception.state != ExceptionState.REFUSED:
        return no(_("There is no first refusal to appeal against."))
    return is_before_freeze(exception.election, now)


def is_candidate(person: Person, election: Election) -> bool:
    """Whether somebody stands in an election, or was asked to, or whether it is about them."""
    if is_about(person, election):
        return True
    running = Nomination.objects.filter(contest__election=election, person=person, state__in=IN_THE_RUNNING)
    return running.exists()


@dataclass(frozen=True)
class Answerer:
    """Somebody as one who may answer exceptions of an election; `able` are the officers who are no candidates."""

    key: int
    is_officer: bool
    is_candidate: bool
    leads: bool
    able: tuple[Person, ...]

    def may_answer(self, exception: RollException) -> Verdict:
        """Answer one of them; asks no query."""
        if not exception.is_waiting or exception.election.is_frozen:
            return no(_("This is answered."))
        if self.key == exception.person_id:
            return no(_("This is about you, so somebody else answers it."))
        if exception.state == ExceptionState.APPEALED and self.key == exception.answered_by_id:
            return no(_("You gave the first answer, so somebody else gives the second."))
        if self.is_candidate:
            return no(_("Whoever stands, or whom it is about, does not decide who votes."))
        if self.is_officer or (self.leads and not _without(self.able, exception)):
            return YES
        return no(_("Only the officers of this election may do this."))


def answerer(person: Person, election: Election) -> Answerer:
    """What somebody is in an election, for all its exceptions at once."""
    return Answerer(
        person.pk,
        bool(is_officer(person, election)),
        is_candidate(person, election),
        bool(leads(person, election.group)),
        _able(election),
    )


def may_answer_exception(actor: Who, exception: RollException) -> Verdict:
    """Answer an exception: an officer who is no candidate, never about oneself, and the second time somebody else.

    Where no officer can, those who lead the group answer.
    """
    if not isinstance(actor, Person):
        return no(_("Only the officers of this election may do this."))
    return answerer(actor, exception.election).may_answer(exception)


def officers_who_can(exception: RollException) -> list[Person]:
    """The officers who may answer an exception now."""
    return _without(_able(exception.election), exception)


def _able(election: Election) -> tuple[Person, ...]:
    running = Nomination.objects.filter(contest__election=election, state__in=IN_THE_RUNNING).exclude(person=None)
    return tuple(one.person for one in officers_serving(election).exclude(person__in=running.values("person")))


def _without(able: Iterable[Person], exception: RollException) -> list[Person]:
    """Those whom it is not about, and who did not give the answer that is appealed against."""
    barred = {exception.person_id}
    if exception.state == ExceptionState.APPEALED:
        barred.add(exception.answered_by_id)
    return [one for one in able if one.pk not in barred]


def may_read_exceptions(actor: Who, election: Election) -> Verdict:
    """Read who asked and why: officers and monitors, and those who lead the group where they are to answer."""
    if may_watch(actor, election):
        return YES
    if isinstance(actor, Person):
        stand = answerer(actor, election)
        if any(stand.may_answer(one) for one in election.exceptions.select_related("election")):
            return YES
    return no(_("This is for the officers and monitors of this election."))


def may_give_vote(person: Person, election: Election, now: datetime) -> Verdict:
    """Let somebody else vote for oneself: where the election allows it, until the freeze."""
    if not proxies_most(election):
        return no(_("In this election everybody votes for themselves."))
    return is_before_freeze(election, now)
