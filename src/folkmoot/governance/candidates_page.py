"""What the pages of candidates show, to each reader in an order of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString

from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.nominations import Endorsement, Nomination, NominationState, Nominator
from folkmoot.governance.models.questions import CandidateAnswer, CandidateQuestion
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.nominations import Endorsed, candidates_of, endorsed, in_readers_order
from folkmoot.people.models import Person
from folkmoot.plan.rendering import rendered, without_markup


@dataclass(frozen=True)
class CandidateLine:
    """A candidate in a list; `words` is how their statement begins."""

    nomination: Nomination
    words: str
    endorsed: Endorsed

    @property
    def name(self) -> str:
        return shown_name(self.nomination)

    @property
    def has_page(self) -> bool:
        """A name alone (of a practice, or an answer to a question) has none."""
        return self.nomination.person_id is not None


@dataclass(frozen=True)
class ContestLines:
    """The candidates of one contest, in the order of one reader."""

    contest: Contest
    lines: Sequence[CandidateLine]

    @property
    def shows_endorsements(self) -> bool:
        return bool(self.contest.endorsements) and not self.contest.election.is_frozen


def shown_name(nomination: Nomination) -> str:
    """How a candidate is called: as on the ballot, once there is one."""
    if nomination.ballot_name or nomination.person is None:
        return nomination.ballot_name
    return nomination.person.name


def contests_of(election: Election) -> list[Contest]:
    """The contests of an election, which they know; one query."""
    contests = list(election.contests.all())
    for contest in contests:
        contest.election = election
    return contests


def lines_of(election: Election, reader: Person | None, now: datetime) -> list[ContestLines]:
    """All candidates for one reader; three queries for each contest."""
    return [_lines(contest, reader, now) for contest in contests_of(election)]


def _lines(contest: Contest, reader: Person | None, now: datetime) -> ContestLines:
    found = list(candidates_of(contest).prefetch_related("endorsements"))
    for one in found:
        one.contest = contest
    ordered = in_readers_order(contest, found, reader=reader, day=day_in(contest.election, now))
    return ContestLines(contest, [CandidateLine(one, without_markup(one.statement), endorsed(one)) for one in ordered])


def nomination_or_404(election: Election, pk: int) -> Nomination:
    """Any nomination of a person in an election, with all that its pages ask of it."""
    found = get_object_or_404(
        Nomination.objects.select_related("person", "contest"), pk=pk, contest__election=election, person__isnull=False
    )
    found.contest.election = election
    return found


def candidate_or_404(election: Election, pk: int) -> Nomination:
    """A candidate whom everybody may read of: who stands, or has a place on the frozen ballot."""
    found = nomination_or_404(election, pk)
    if found.state != NominationState.STANDING and found.place is None:
        raise Http404
    return found


@dataclass(frozen=True)
class AnswerShown:
    """A question with this candidate's answer, or None."""

    question: CandidateQuestion
    answer: CandidateAnswer | None
    html: SafeString | None


@dataclass(frozen=True)
class CandidatePage:
    """One candidate, as everybody reads it; `own` is the reader's endorsement."""

    nomination: Nomination
    statement: SafeString
    endorsed: Endorsed
    nominators: Sequence[Nominator]
    answers: Sequence[AnswerShown]
    own: Endorsement | None

    @property
    def name(self) -> str:
        return shown_name(self.nomination)


def candidate_page(nomination: Nomination, reader: Person | None) -> CandidatePage:
    """The page of a candidate; four queries more than finding them."""
    given = Endorsement.objects.filter(nomination=nomination).select_related("person").order_by("pk")
    nomination._prefetched_objects_cache = {"endorsements": given}  # type: ignore[attr-defined]
    found = endorsed(nomination)
    questions = CandidateQuestion.objects.filter(contest=nomination.contest, taken_off_at=None).prefetch_related(
        Prefetch("answers", CandidateAnswer.objects.filter(nomination=nomination), to_attr="own_answers")
    )
    answers = []
    for question in questions:
        answer = next(iter(question.own_answers), None)
        answers.append(AnswerShown(question, answer, rendered(answer.words) if answer else None))
    return CandidatePage(
        nomination=nomination,
        statement=rendered(nomination.statement),
        endorsed=found,
        nominators=list(
            nomination.nominators.filter(shows=True)
            .exclude(person=None)
            .exclude(person=nomination.person)
            .select_related("person")
        ),
        answers=answers,
        own=next((one for one, _counts in found.given if reader and one.person_id == reader.pk), None),
    )


@dataclass(frozen=True)
class OneAnswer:
    """What one candidate says to one question; None where they have not answered."""

    candidate: Nomination
    answer: CandidateAnswer | None
    html: SafeString | None
    is_own: bool

    @property
    def name(self) -> str:
        return shown_name(self.candidate)


@dataclass(frozen=True)
class Compared:
    """One question with the answers of all candidates, in the order of one reader."""

    question: CandidateQuestion
    answers: Sequence[OneAnswer]


@dataclass(frozen=True)
class ContestQuestions:
    """All questions to the candidates of a contest."""

    contest: Contest
    questions: Sequence[Compared]


def compared(election: Election, reader: Person | None, now: datetime) -> list[ContestQuestions]:
    """Every question with every answer side by side; three queries for each contest."""
    return [_compared(contest, reader, now) for contest in contests_of(election)]


def _compared(contest: Contest, reader: Person | None, now: datetime) -> ContestQuestions:
    found = [one for one in candidates_of(contest) if one.person_id is not None]
    candidates = in_readers_order(contest, found, reader=reader, day=day_in(contest.election, now))
    questions = CandidateQuestion.objects.filter(contest=contest).select_related("person", "taken_off_by")
    shown = []
    for question in questions.prefetch_related("answers"):
        by_candidate = {answer.nomination_id: answer for answer in question.answers.all()}
        shown.append(Compared(question, [_answer(one, by_candidate.get(one.pk), reader) for one in candidates]))
    return ContestQuestions(contest, shown)


def _answer(candidate: Nomination, answer: CandidateAnswer | None, reader: Person | None) -> OneAnswer:
    is_own = reader is not None and candidate.person_id == reader.pk
    return OneAnswer(candidate, answer, rendered(answer.words, first_heading=5) if answer else None, is_own)
