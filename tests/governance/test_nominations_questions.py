"""Questions to candidates: who asks, who answers, what is told, what stays."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.governance.actions.nominations_questions import answer_question, ask_candidates, take_question_off
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.questions import CandidateAnswer, CandidateQuestion
from folkmoot.governance.tasks.nominations import bundle_questions_to_candidates
from folkmoot.notices.models import Telling
from tests.factories.governance.candidates import cast_of, code, facts, told
from tests.factories.governance.elections import MadeElection, made_election
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 9, 3, 12, tzinfo=dt.UTC)  # The third of ten days of nominations, which begin on the first.


@pytest.fixture
def lantern(freeze):
    freeze(NOW)
    organisation()
    return group()


@pytest.fixture
def cast(lantern):
    return cast_of(lantern)


@pytest.fixture
def made(lantern, cast) -> MadeElection:
    return made_election(lantern, officers=[cast.officer], candidates=[cast.candidate], voters=0)


def test_questions_reach_candidates_bundled_and_are_answered_in_public(cast, lantern, freeze):
    made = made_election(lantern, ElectionState.OPEN, officers=[cast.officer], candidates=[cast.candidate], voters=1)
    first = ask_candidates(made.contest, "What comes first?", by=cast.participant)
    assert ask_candidates(made.contest, "What comes first?", by=cast.participant) == first
    second = ask_candidates(made.contest, "And then?", by=cast.observer)

    for _run in range(2):
        bundle_questions_to_candidates.func()
    assert [(one.person.name, one.subject) for one in Telling.objects.all()] == [
        ("Candidate", "2 questions wait for you as a candidate")
    ]

    answer = answer_question(first, made.nominations[0], "The lights.", by=cast.candidate)
    assert code(lambda: answer_question(first, made.nominations[0], "Other.", by=cast.candidate)) == "forbidden"
    take_question_off(second, "It is about somebody’s family.", by=cast.officer)
    bundle_questions_to_candidates.func()

    second.refresh_from_db()
    assert (answer.words, answer.changed_at) == ("The lights.", None)
    assert (second.taken_off_by, second.why_taken_off) == (cast.officer, "It is about somebody’s family.")
    assert told() == [
        ("Candidate", "governance.questions_wait"),
        ("Observer", "governance.question_taken_off"),
    ]
    assert code(lambda: answer_question(second, made.nominations[0], "Well.", by=cast.candidate)) == "taken_off"
    assert code(lambda: take_question_off(second, "Again.", by=cast.officer)) == "forbidden"
    assert facts() == [
        "governance.candidates_asked",
        "governance.candidates_asked",
        "governance.candidate_answered",
        "governance.question_taken_off",
    ]


def test_answers_change_until_voting_begins_and_say_so(cast, made):
    question = CandidateQuestion.objects.create(contest=made.contest, person=cast.participant, words="Why?")
    nomination = made.nominations[0]

    answer_question(question, nomination, "So.", by=cast.candidate)
    assert CandidateAnswer.objects.get().changed_at is None
    answer_question(question, nomination, "So, and so.", by=cast.candidate)

    changed = CandidateAnswer.objects.get()
    assert (changed.words, changed.changed_at) == ("So, and so.", NOW)


def test_nobody_asks_without_end(cast, lantern):
    contest = made_election(lantern, ElectionState.OPEN, voters=1).contest

    codes = [code(lambda n=n: ask_candidates(contest, f"Question {n}?", by=cast.participant)) for n in range(6)]

    assert codes == ["done"] * 5 + ["too_many"]
    assert code(lambda: ask_candidates(contest, "Mine?", by=cast.observer)) == "done"
