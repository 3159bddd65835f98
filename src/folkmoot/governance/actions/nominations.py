"""Nominating people, answering, withdrawing, and what officers say about who may stand."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.nominations_freezing import freeze_candidates
from folkmoot.governance.actions.nominations_holding import (
    end_as_ineligible,
    hold,
    hold_nomination,
    officers_of,
    within,
)
from folkmoot.governance.facts.nominations import (
    AppealMade,
    CandidateFoundEligible,
    CandidatePageChanged,
    CandidateStood,
    CandidateWithdrew,
    NominationDeclined,
    PersonNominated,
)
from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import (
    JUDGED,
    LONGEST_AFFILIATION,
    LONGEST_APPEAL,
    LONGEST_STATEMENT,
    LONGEST_WHY,
    Nomination,
    NominationState,
    Nominator,
)
from folkmoot.governance.notices.nominations import (
    AnswerDue,
    AppealCame,
    CandidateHasWithdrawn,
    FoundEligible,
    Nominated,
    NominationAnswered,
)
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.nominations import candidate_days_of
from folkmoot.governance.rules.nominations import (
    may_answer_nomination,
    may_appeal,
    may_be_nominated,
    may_judge_candidates,
    may_nominate,
    may_withdraw_candidacy,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell, untell
from folkmoot.people.models import Person

__all__ = [
    "answer_nomination",
    "appeal",
    "end_candidacy",
    "freeze_candidates",
    "let_stand",
    "mark_ineligible",
    "nominate",
    "stop_nominating",
    "withdraw_candidacy",
]

COMES_BACK = (NominationState.DECLINED, NominationState.WITHDRAWN, NominationState.LAPSED)
"""Ended nominations that the person themself takes up again, while nominations are open."""


@transaction.atomic
def nominate(contest: Contest, person: Person, why: str = "", *, by: Person, shows: bool = False) -> Nomination:
    """Nominate oneself or somebody else; whoever is nominated already gets one more nominator.

    With `shows`, everybody reads on the candidate's page who nominated them and why. Refused `forbidden`, `invalid`
    with params `field`, `said_no` for somebody who does not wish to stand, `ineligible`.
    """
    held, now = hold(contest), timezone.now()
    require(may_nominate(by, held, now))
    require(may_be_nominated(person, held, by=by))
    words = within(why, LONGEST_WHY, "why")
    nomination, is_new = Nomination.objects.get_or_create(contest=held, person=person)
    nomination.contest = held
    if nomination.state == NominationState.INELIGIBLE:
        raise Refused(_("The officers said that this person may not stand."), code="ineligible")
    if nomination.state in COMES_BACK:
        if person != by and nomination.state != NominationState.LAPSED:
            raise Refused(_("They have said that they do not wish to stand this time."), code="said_no")
        nomination.state, nomination.ended_at = NominationState.PROPOSED, None
        nomination.proposed_at = now
        nomination.save(update_fields=["state", "ended_at", "proposed_at"])
        is_new = True
    _nominator, is_first = Nominator.objects.update_or_create(
        nomination=nomination, person=by, defaults={"why": words, "shows": shows}
    )
    if is_first or is_new:
        record(PersonNominated(nomination.pk), by=by, about=person, on=nomination, within=held.election.group)
        if person != by and nomination.state == NominationState.PROPOSED:
            answer = candidate_days_of(held.election).answer
            tell([person], Nominated(nomination, by.pk, by.name, words, answer[1] if answer else None))
    return nomination


@transaction.atomic
def stop_nominating(nomination: Nomination, *, by: Person) -> None:
    """Take back that one nominated somebody. Where nobody else did, and it was not answered, nothing of it is left."""
    held = hold_nomination(nomination)
    if held.contest.election.is_frozen:
        raise Refused(_("The ballot is frozen: who stands can change no more."), code="forbidden")
    gone, _each = held.nominators.filter(person=by).delete()
    if gone and held.state == NominationState.PROPOSED and not held.nominators.exists():
        held.delete()


@transaction.atomic
def answer_nomination(
    nomination: Nomination, accepts: bool, *, by: Person, statement: str = "", affiliation: str = ""
) -> Nomination:
    """Stand, with a statement (Markdown) and an affiliation, or decline. Whoever stands changes both in the same way.

    Refused `forbidden`, and `invalid` with params `field`.
    """
    held, now = hold_nomination(nomination), timezone.now()
    require(may_answer_nomination(by, held, now))
    if not accepts:
        if held.state == NominationState.STANDING:
            raise Refused(_("You stand already. You can withdraw instead."), code="forbidden")
        return _decline(held, by)
    require(may_be_nominated(by, held.contest, by=by))
    words = within(statement, LONGEST_STATEMENT, "statement")
    if not words:
        raise Refused(
            _("Please write a few words about yourself: what people read before they vote."),
            code="invalid",
            field="statement",
        )
    was, before = held.state, (held.statement, held.affiliation)
    held.statement, held.affiliation = words, plain_name(within(affiliation, LONGEST_AFFILIATION, "affiliation"))
    held.state = NominationState.STANDING
    if was != NominationState.STANDING:
        held.answered_at = now
    held.save(update_fields=["statement", "affiliation", "state", "answered_at"])
    forget_reminders(held)
    if was != NominationState.STANDING:
        record(CandidateStood(held.pk), by=by, about=by, on=held, within=held.contest.election.group)
        tell(_nominators(held), NominationAnswered(held, stands=True))
    elif before != (held.statement, held.affiliation):
        record(CandidatePageChanged(held.pk), by=by, about=by, on=held, within=held.contest.election.group)
    return held


def _decline(held: Nomination, by: Person) -> Nomination:
    held.state, held.ended_at = NominationState.DECLINED, timezone.now()
    held.answered_at = held.ended_at
    held.save(update_fields=["state", "ended_at", "answered_at"])
    forget_reminders(held)
    record(NominationDeclined(held.pk), by=by, about=by, on=held, within=held.contest.election.group)
    tell(_nominators(held), NominationAnswered(held, stands=False))
    return held


@transaction.atomic
def withdraw_candidacy(nomination: Nomination, *, by: Person) -> Nomination:
    """Stand no longer. Before the freeze nothing of it is left but the fact; after it the name stays on the ballot, is
    marked as withdrawn and left out of the count. Officers are told. Refused `forbidden`.
    """
    held = hold_nomination(nomination)
    require(may_withdraw_candidacy(by, held, timezone.now()))
    return end_candidacy(held, by=by)


def end_candidacy(held: Nomination, *, by: Actor) -> Nomination:
    """The same of a held nomination that stands, without asking who may."""
    is_frozen = held.place is not None
    held.state, held.ended_at = NominationState.WITHDRAWN, timezone.now()
    if not is_frozen:
        held.statement = held.affiliation = ""
        held.endorsements.all().delete()
        held.answers.all().delete()
    held.save(update_fields=["state", "ended_at", "statement", "affiliation"])
    election = held.contest.election
    record(CandidateWithdrew(held.pk, frozen=is_frozen), by=by, about=held.person, on=held, within=election.group)
    tell(officers_of(election), CandidateHasWithdrawn(held, after_freeze=is_frozen))
    return held


@transaction.atomic
def mark_ineligible(nomination: Nomination, why: str, *, by: Person) -> Nomination:
    """Say, with a reason, that somebody may not stand; said again, with other words. They are told, and may appeal.

    Refused `forbidden`, `invalid` with params `field`, `not_possible` for a nomination that ended otherwise.
    """
    held = hold_nomination(nomination)
    require(may_judge_candidates(by, held.contest.election))
    words = within(why, LONGEST_WHY, "why")
    if not words:
        raise Refused(_("Please give the reason. They read it."), code="invalid", field="why")
    if held.person is None or held.state not in JUDGED:
        raise Refused(_("This nomination has ended already."), code="not_possible")
    end_as_ineligible(held, words, by=by, may_appeal=True)
    return held


@transaction.atomic
def appeal(nomination: Nomination, words: str, *, by: Person) -> None:
    """Ask the officers to look again. Refused `forbidden`, and `invalid` with params `field`."""
    held = hold_nomination(nomination)
    require(may_appeal(by, held))
    said = within(words, LONGEST_APPEAL, "words")
    if not said:
        raise Refused(_("Please say what they should look at again."), code="invalid", field="words")
    held.appeal = said
    held.save(update_fields=["appeal"])
    record(AppealMade(held.pk), by=by, about=by, on=held, within=held.contest.election.group)
    tell(officers_of(held.contest.election), AppealCame(held, said))


@transaction.atomic
def let_stand(nomination: Nomination, *, by: Person) -> Nomination:
    """Say that somebody may stand after all: they are where they were before.

    Refused `forbidden`, `not_possible`, and `too_late` for somebody who had not said yes while there was time.
    """
    held = hold_nomination(nomination)
    require(may_judge_candidates(by, held.contest.election))
    if held.state != NominationState.INELIGIBLE or held.person is None:
        raise Refused(_("Nobody has said that this person may not stand."), code="not_possible")
    election = held.contest.election
    if not held.statement and candidate_days_of(election).is_over(day_in(election, timezone.now())):
        raise Refused(_("They had not said yes before the days for answering were over."), code="too_late")
    held.state = NominationState.STANDING if held.statement else NominationState.PROPOSED
    held.ended_at, held.why_ended, held.appeal = None, "", ""
    held.save(update_fields=["state", "ended_at", "why_ended", "appeal"])
    record(CandidateFoundEligible(held.pk), by=by, about=held.person, on=held, within=held.contest.election.group)
    tell([held.person], FoundEligible(held))
    return held


def forget_reminders(nomination: Nomination) -> None:
    """Take back what still waits to be told of a nomination that needs no answer any more."""
    days = candidate_days_of(nomination.contest.election)
    for is_last in (False, True):
        if days.answer is not None:
            untell(AnswerDue.kind, AnswerDue(nomination, days.answer[1], is_last).once())


def _nominators(nomination: Nomination) -> list[Person]:
    made = nomination.nominators.exclude(person=None).exclude(person=nomination.person)
    return [one.person for one in made.select_related("person") if one.person is not None]
