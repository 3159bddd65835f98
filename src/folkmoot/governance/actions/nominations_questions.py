"""Asking candidates in public, answering, and taking a question off."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.actions.nominations_holding import hold, hold_nomination, within
from folkmoot.governance.facts.nominations import CandidateAnswered, CandidatesAsked, QuestionTakenOff
from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.questions import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REASON,
    CandidateAnswer,
    CandidateQuestion,
)
from folkmoot.governance.notices.nominations import QuestionWasTakenOff
from folkmoot.governance.rules.nominations import (
    may_answer_questions,
    may_ask_candidates,
    may_change_answers,
    may_take_question_off,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

MOST_A_DAY = 5
"""How many questions one person asks the candidates of a contest within a day and a night."""


@transaction.atomic
def ask_candidates(contest: Contest, words: str, *, by: Person) -> CandidateQuestion:
    """Ask all candidates of a contest something, by name and in public. The same words again are the same question.

    Refused `forbidden`, `invalid` with params `field`, `too_many`.
    """
    held, now = hold(contest), timezone.now()
    require(may_ask_candidates(by, held, now))
    said = within(words, LONGEST_QUESTION, "words")
    if not said:
        raise Refused(_("Please write your question."), code="invalid", field="words")
    mine = CandidateQuestion.objects.filter(contest=held, person=by, asked_at__gt=now - timedelta(days=1))
    if same := mine.filter(words=said, taken_off_at=None).first():
        return same
    if mine.count() >= MOST_A_DAY:
        raise Refused(
            _("You can ask %(count)d questions within a day. Others have some too.") % {"count": MOST_A_DAY},
            code="too_many",
        )
    question = CandidateQuestion.objects.create(contest=held, person=by, words=said)
    record(CandidatesAsked(question.pk), by=by, on=question, within=held.election.group)
    return question


@transaction.atomic
def answer_question(question: CandidateQuestion, nomination: Nomination, words: str, *, by: Person) -> CandidateAnswer:
    """Answer as a candidate. An answer that is there can be changed until voting begins, and then says since when.

    Refused `forbidden`, `not_found` for a question of another contest, `taken_off`, `invalid` with params `field`.
    """
    held, now = hold_nomination(nomination), timezone.now()
    require(may_answer_questions(by, held, now))
    asked = CandidateQuestion.objects.filter(pk=question.pk, contest=held.contest).first()
    if asked is None:
        raise Refused(_("There is no such question."), code="not_found")
    if asked.taken_off_at is not None:
        raise Refused(_("This question was taken off meanwhile."), code="taken_off")
    said = within(words, LONGEST_ANSWER, "words")
    if not said:
        raise Refused(_("Please write your answer."), code="invalid", field="words")
    answer, is_new = CandidateAnswer.objects.get_or_create(question=asked, nomination=held, defaults={"words": said})
    if not is_new:
        if answer.words == said:
            return answer
        require(may_change_answers(held, now))
        answer.words, answer.changed_at = said, now
        answer.save(update_fields=["words", "changed_at"])
    record(
        CandidateAnswered(asked.pk, changed=not is_new), by=by, about=by, on=held, within=held.contest.election.group
    )
    return answer


@transaction.atomic
def take_question_off(question: CandidateQuestion, why: str, *, by: Person) -> CandidateQuestion:
    """Take a question off, with a reason that everybody reads in its place; whoever asked it is told.

    Refused `forbidden`, and `invalid` with params `field`.
    """
    held = CandidateQuestion.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
    held.contest = question.contest
    require(may_take_question_off(by, held))
    reason = within(why, LONGEST_REASON, "why")
    if not reason:
        raise Refused(_("Please give the reason. Everybody reads it."), code="invalid", field="why")
    held.taken_off_at, held.taken_off_by, held.why_taken_off = timezone.now(), by, reason
    held.save(update_fields=["taken_off_at", "taken_off_by", "why_taken_off"])
    record(QuestionTakenOff(held.pk), by=by, on=held, within=held.contest.election.group)
    if held.person is not None and held.person != by:
        tell([held.person], QuestionWasTakenOff(held))
    return held
