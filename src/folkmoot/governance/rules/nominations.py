"""Who nominates, stands, endorses and asks, and on which days."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import SEATLESS, Contest, Election, ElectionState
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.electorate import is_of_the_electorate
from folkmoot.governance.queries.nominations import candidate_days_of
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.officers import is_in_conflict, may_stand_beside_duty
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.circles import share_a_circle
from folkmoot.people.models import Person, Standing
from folkmoot.people.shown import profile_for

Who: TypeAlias = "Actor | AnonymousUser | None"
UNDER_WAY = (ElectionState.ANNOUNCED, ElectionState.OPEN)


def takes_part(actor: Who, election: Election) -> Verdict:
    """Whether somebody is of the groups whose people elect: by taking part in one, or by a seat."""
    if isinstance(actor, Person) and actor.is_active and is_of_the_electorate(actor, election):
        return YES
    said = {"group": election.group.name}
    if election.reaches_below:
        return no(_("This is for people who take part in %(group)s or in a group that answers to it.") % said)
    return no(_("This is for people who take part in %(group)s.") % said)


def is_time_to_nominate(election: Election, now: datetime) -> Verdict:
    """Whether nominations are taken on this day."""
    if not (prepared := _is_before_the_freeze(election)):
        return prepared
    if candidate_days_of(election).may_nominate(day_in(election, now)):
        return YES
    return no(_("Nominations are not open on this day."))


def may_nominate(actor: Who, contest: Contest, now: datetime) -> Verdict:
    """Nominate somebody: whoever is of those who elect, while nominations are open."""
    time = is_time_to_nominate(contest.election, now)
    return takes_part(actor, contest.election) if time else time


def may_be_nominated(person: Person, contest: Contest, *, by: Person) -> Verdict:
    """Whether `by` may nominate this person: somebody they may know of, who does not look after the election."""
    known = person == by or share_a_circle(by, person) or profile_for(person, by) is not None
    if person.standing != Standing.ACTIVE or not known:
        return no(_("You can nominate people of your groups, and those whose profile you may see."))
    if is_in_conflict(person, contest.election):
        if person == by:
            return may_stand_beside_duty(person, contest.election)
        return no(_("%(name)s looks after this election, and nobody is officer and candidate.") % {"name": person.name})
    return YES


def may_answer_nomination(actor: Who, nomination: Nomination, now: datetime) -> Verdict:
    """Say yes or no, and change one's page: the person themself, until the days for answering end."""
    if not (own := _is_own(actor, nomination)):
        return own
    election = nomination.contest.election
    if not (prepared := _is_before_the_freeze(election)):
        return prepared
    if nomination.state not in (NominationState.PROPOSED, NominationState.STANDING):
        return no(_("This nomination waits for no answer."))
    if candidate_days_of(election).is_over(day_in(election, now)):
        return no(_("The days for answering nominations are over."))
    return YES


def may_withdraw_candidacy(actor: Who, nomination: Nomination, now: datetime) -> Verdict:
    """Stand no longer: the person themself, until voting ends."""
    if not (own := _is_own(actor, nomination)):
        return own
    if nomination.state != NominationState.STANDING:
        return no(_("You do not stand, so there is nothing to withdraw."))
    election = nomination.contest.election
    is_over = election.accepts_until is not None and now >= election.accepts_until
    if election.state not in UNDER_WAY or is_over:
        return no(_("Voting is over. Whoever is elected and does not want the seat says so to the officers."))
    return YES


def may_judge_candidates(actor: Who, election: Election) -> Verdict:
    """Say that somebody may not stand, or may after all: officers, until candidates are frozen."""
    prepared = _is_before_the_freeze(election)
    return is_officer(actor, election) if prepared else prepared


def may_appeal(actor: Who, nomination: Nomination) -> Verdict:
    """Ask the officers to look again: whoever may not stand, until candidates are frozen."""
    if not (own := _is_own(actor, nomination)):
        return own
    if nomination.state != NominationState.INELIGIBLE:
        return no(_("Nobody has said that you may not stand."))
    return _is_before_the_freeze(nomination.contest.election)


def may_endorse(actor: Who, nomination: Nomination, now: datetime) -> Verdict:
    """Stand by a candidate: whoever is of those who elect but the candidate, as long as nominations are answered."""
    election = nomination.contest.election
    if not (prepared := _is_before_the_freeze(election)):
        return prepared
    if nomination.state != NominationState.STANDING:
        return no(_("This person does not stand."))
    if isinstance(actor, Person) and nomination.person_id == actor.pk:
        return no(_("Endorsements come from others."))
    if not candidate_days_of(election).may_answer(day_in(election, now)):
        return no(_("Endorsements are not taken on this day."))
    return takes_part(actor, election)


def may_ask_candidates(actor: Who, contest: Contest, now: datetime) -> Verdict:
    """Ask the candidates something: whoever is of those who elect, from the days of questions until voting ends."""
    time = _is_time_for_questions(contest.election, now)
    return takes_part(actor, contest.election) if time else time


def may_answer_questions(actor: Who, nomination: Nomination, now: datetime) -> Verdict:
    """Answer what candidates were asked: a candidate who stands, until voting ends."""
    if not (own := _is_own(actor, nomination)):
        return own
    if nomination.state != NominationState.STANDING:
        return no(_("Only those who stand answer questions."))
    return _is_time_for_questions(nomination.contest.election, now, asked_before=True)


def may_change_answers(nomination: Nomination, now: datetime) -> Verdict:
    """Whether answers that were given can still be changed: until voting begins."""
    opens_at = nomination.contest.election.opens_at
    if opens_at is not None and now >= opens_at:
        return no(_("Voting has begun, so answers stay as they are."))
    return YES


def may_take_question_off(actor: Who, question: CandidateQuestion) -> Verdict:
    """Take a question off: officers."""
    if question.taken_off_at is not None:
        return no(_("This question was taken off before."))
    return is_officer(actor, question.contest.election)


def _is_own(actor: Who, nomination: Nomination) -> Verdict:
    if isinstance(actor, Person) and nomination.person_id == actor.pk:
        return YES
    return no(_("Only the person who was nominated does this."))


def _has_people(election: Election) -> Verdict:
    """Whether people stand in it at all: answers and invented candidates are neither nominated nor asked."""
    return no(_("Nobody is nominated in an election of this kind.")) if election.kind in SEATLESS else YES


def _is_before_the_freeze(election: Election) -> Verdict:
    if not (there := _has_people(election)):
        return there
    if election.state == ElectionState.DRAFT:
        return no(_("This election is still being prepared."))
    if election.state == ElectionState.CANCELLED:
        return no(_("This election was cancelled."))
    if election.is_frozen:
        return no(_("The ballot is frozen: who stands can change no more."))
    return YES


def _is_time_for_questions(election: Election, now: datetime, *, asked_before: bool = False) -> Verdict:
    if not (there := _has_people(election)):
        return there
    if election.state not in UNDER_WAY or (election.accepts_until is not None and now >= election.accepts_until):
        return no(_("Questions to candidates are over."))
    days, day = candidate_days_of(election), day_in(election, now)
    if days.may_ask(day) or (asked_before and days.ask is not None and day < days.ask[0]):
        return YES
    if election.state == ElectionState.OPEN:
        # Days of grace belong to the vote, whatever its plan says.
        return YES
    return no(_("Candidates are not asked on this day."))
