"""Reminding those who have not answered, each once halfway and once on the day before; letting nominations lapse."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from folkmoot.governance.actions.nominations_holding import hold_nomination, lapse
from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.notices.nominations import (
    AnswerDue,
    EndorsementsWanted,
    QuestionsWait,
)
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.nominations import candidate_days_of, endorsed
from folkmoot.kit import zones
from folkmoot.notices.actions import tell


def remind_candidates(*, now: datetime) -> int:
    """Remind whoever has not answered or lacks endorsements; returns how many were told. Safe to run at any time."""
    return sum(_remind(nomination, now) for nomination in _before_the_freeze())


def lapse_unanswered(*, now: datetime) -> int:
    """End nominations that were not answered while there was time; returns how many."""
    lapsed = 0
    for nomination in _before_the_freeze():
        election = nomination.contest.election
        is_late = candidate_days_of(election).is_over(day_in(election, now))
        if is_late and nomination.state == NominationState.PROPOSED:
            lapsed += _lapse_held(nomination, now)
    return lapsed


@transaction.atomic
def _lapse_held(nomination: Nomination, now: datetime) -> int:
    held = hold_nomination(nomination)
    election = held.contest.election
    if held.state != NominationState.PROPOSED or election.state != ElectionState.ANNOUNCED:
        return 0
    if not candidate_days_of(election).is_over(day_in(election, now)):
        return 0
    lapse(held)
    return 1


def tell_of_questions(*, now: datetime) -> int:
    """Tell candidates what they were asked since they last heard of it, all in one; returns how many were told."""
    told = 0
    standing = Nomination.objects.filter(
        state=NominationState.STANDING,
        contest__election__state__in=(ElectionState.ANNOUNCED, ElectionState.OPEN),
        contest__questions__isnull=False,
        person__isnull=False,
    )
    for nomination in standing.select_related("person", "contest__election__group").distinct():
        accepts_until = nomination.contest.election.accepts_until
        if accepts_until is not None and now >= accepts_until:
            continue
        open_questions = CandidateQuestion.objects.filter(contest=nomination.contest, taken_off_at=None)
        waiting = list(open_questions.exclude(answers__nomination=nomination).values_list("pk", flat=True))
        if waiting and nomination.person is not None:
            told += len(tell([nomination.person], QuestionsWait(nomination, len(waiting), max(waiting))))
    return told


def _before_the_freeze() -> list[Nomination]:
    """What waits for an answer, or for endorsements, in elections that are announced; with the days of each."""
    found = Nomination.objects.filter(
        contest__election__state=ElectionState.ANNOUNCED,
        state__in=(NominationState.PROPOSED, NominationState.STANDING),
        person__isnull=False,
    )
    return list(
        found.select_related("person", "contest__election__group")
        .prefetch_related("contest__election__stages", "endorsements")
        .order_by("pk")
    )


@transaction.atomic
def _remind(nomination: Nomination, now: datetime) -> int:
    election = nomination.contest.election
    days, day = candidate_days_of(election), day_in(election, now)
    if days.answer is None or nomination.person is None:
        return 0
    since = nomination.proposed_at.astimezone(zones.zone(election.zone)).date()
    last = days.answer[1]
    if nomination.state == NominationState.PROPOSED:
        due = days.reminder_due(day, since)
        return len(tell([nomination.person], AnswerDue(nomination, last, is_last=due == "last"))) if due else 0
    missing = endorsed(nomination).missing
    if missing and days.is_day_before_last(day):
        return len(tell([nomination.person], EndorsementsWanted(nomination, missing, last)))
    return 0
