"""Asking people without their names: after an election, and those who hold the seats of a body."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.facts.kinds import SurveyClosed, SurveyOpened
from folkmoot.governance.models.ballots import random_number
from folkmoot.governance.models.elections import PUBLISHED, Election, ElectionKind, ElectionStage, Stage
from folkmoot.governance.models.kinds import Survey, SurveyAnswer, SurveyAnswered, SurveyKind
from folkmoot.governance.models.nominations import NominationState
from folkmoot.governance.models.officers import OfficerState
from folkmoot.governance.notices.kinds import SurveyWaits
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.kinds import holders
from folkmoot.governance.rules.kinds import may_answer_survey
from folkmoot.governance.survey_questions import QUESTIONS
from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_fill_seats
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

DAYS_FOR_A_BODY = 14
NO_RETRO: tuple[ElectionKind, ...] = (ElectionKind.PRACTICE,)


@transaction.atomic
def ask_body(group: Group, *, by: Actor) -> Survey:
    """Ask those who hold seats of a group where they live, what they do and so on. One survey runs at a time."""
    require(may_fill_seats(by, group))
    today = today_here()
    running = Survey.objects.filter(group=group, kind=SurveyKind.BODY, closed_at=None).first()
    if running is not None:
        return running
    try:
        with transaction.atomic():
            survey = Survey.objects.create(
                group=group, kind=SurveyKind.BODY, first=today, last=today + timedelta(days=DAYS_FOR_A_BODY)
            )
    except IntegrityError:
        return Survey.objects.get(group=group, kind=SurveyKind.BODY, closed_at=None)
    record(SurveyOpened(survey_id=survey.pk, survey_kind=survey.kind), by=by, on=survey, within=group)
    tell(holders(group, on=today), SurveyWaits(survey))
    return survey


def open_retrospectives(*, now: datetime) -> int:
    """Begin the surveys of elections that have come to looking back; done twice, it is done once. How many began."""
    waiting = ElectionStage.objects.filter(
        stage=Stage.RETRO,
        first__lte=now.date() + timedelta(days=1),
        last__gte=now.date() - timedelta(days=1),
        election__state__in=PUBLISHED,
        election__retrospective=None,
    ).exclude(election__kind__in=NO_RETRO)
    began = 0
    for stage in waiting.select_related("election__group"):
        if stage.has(day_in(stage.election, now)):
            began += _open_retrospective(stage.election, stage.first, stage.last)
    return began


@transaction.atomic
def _open_retrospective(election: Election, first: date, last: date) -> bool:
    try:
        with transaction.atomic():
            survey = Survey.objects.create(
                group=election.group, kind=SurveyKind.RETRO, election=election, first=first, last=last
            )
    except IntegrityError:
        return False
    record(SurveyOpened(survey_id=survey.pk, survey_kind=survey.kind), by=system(), on=survey, within=election.group)
    tell(_who_had_a_part(election), SurveyWaits(survey))
    return True


def _who_had_a_part(election: Election) -> list[Person]:
    stood = (NominationState.STANDING, NominationState.WITHDRAWN)
    people = Person.objects.filter(rolls__election=election)
    people |= Person.objects.filter(election_duties__election=election, election_duties__state=OfficerState.ACCEPTED)
    people |= Person.objects.filter(nominations__contest__election=election, nominations__state__in=stood)
    return list(people.filter(is_active=True).distinct())


@transaction.atomic
def answer_survey(survey: Survey, answers: Mapping[str, str], *, by: Person) -> None:
    """Answer once; questions that are missing or empty are left out. Refused `forbidden`, `answered`, `invalid`."""
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    require(may_answer_survey(by, held, on=_today(held)))
    asked = QUESTIONS[SurveyKind(held.kind)]
    kept = {name: value for name, value in answers.items() if value}
    if any(name not in asked or value not in asked[name].options for name, value in kept.items()):
        raise Refused(_("Please choose among the answers that are offered."), code="invalid")
    try:
        with transaction.atomic():
            SurveyAnswered.objects.create(survey=held, person=by)
    except IntegrityError:
        raise Refused(
            _("You have answered already; answers cannot be found again to change them."), code="answered"
        ) from None
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=held, question=name, value=value) for name, value in sorted(kept.items())
    )


def close_surveys(*, now: datetime) -> int:
    """End those whose last day is over; done twice, it is done once. How many ended."""
    over = Survey.objects.filter(closed_at=None, last__lt=now.date() + timedelta(days=1))
    return sum(_close(survey, now) for survey in over.select_related("election"))


@transaction.atomic
def _close(survey: Survey, now: datetime) -> bool:
    held = Survey.objects.select_for_update(of=("self",)).select_related("election", "group").get(pk=survey.pk)
    if held.closed_at is not None or _today(held, now) <= held.last:
        return False
    # What was written together came from one person; written anew in one go, in an order of chance, nothing shows it.
    answers = list(held.answers.values_list("question", "value"))
    secrets.SystemRandom().shuffle(answers)
    held.answers.all().delete()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(id=random_number(), survey=held, question=question, value=value) for question, value in answers
    )
    held.closed_at = now
    held.save(update_fields=["closed_at"])
    record(SurveyClosed(survey_id=held.pk, survey_kind=held.kind), by=system(), on=held, within=held.group)
    return True


def _today(survey: Survey, now: datetime | None = None) -> date:
    """Which day it is where the days of a survey are counted."""
    if survey.election is not None:
        return day_in(survey.election, now or timezone.now())
    return today_here()
