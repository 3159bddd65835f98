"""Answering beforehand whether one comes to a call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.attendance_rules import may_answer_call
from folkmoot.meetings.facts import Answered, AnswerTakenBack, RegretSaid, RegretTakenBack
from folkmoot.meetings.models import Answer, Meeting, Says, Way
from folkmoot.people.models import Person


@transaction.atomic
def answer_call(
    meeting: Meeting,
    says: Says,
    *,
    by: Person,
    way: Way = Way.PAGE,
    asked_for: datetime | None = None,
    said_at: datetime | None = None,
) -> Answer:
    """Say whether one comes, maybe or cannot; the same said twice is told once.

    `asked_for` is the time of the call that they had before them: what they say is no answer to another one.
    `said_at` is when they said it, where that took its time to get here: of two answers the one said later counts.
    Refused `forbidden`, `moved` when the call is at another time than that by now, and `older` for what was said before
    the answer that stands.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_answer_call(by, held, now))
    if asked_for is not None and asked_for != held.starts_at:
        raise Refused(_("Meanwhile the call has been moved. Please answer to its new time."), code="moved")
    said_at = min(said_at or now, now)
    answer = Answer.objects.filter(meeting=held, person=by).first()
    if answer is not None and said_at < answer.said_at:
        raise Refused(_("A later answer is here already."), code="older")
    is_news = answer is None or (answer.says, answer.answered_for) != (says, held.starts_at)
    answer = answer or Answer(meeting=held, person=by)
    answer.says, answer.way, answer.said_at, answer.answered_for = says, way, said_at, held.starts_at
    answer.save()
    if is_news:
        fact = RegretSaid(meeting_id=held.pk) if says == Says.REGRET else Answered(meeting_id=held.pk, says=says)
        record(fact, by=by, about=by, on=held, within=held.group)
    return answer


@transaction.atomic
def take_answer_back(meeting: Meeting, *, by: Person) -> None:
    """Leave open again whether one comes."""
    held = hold_call(meeting)
    require(may_answer_call(by, held, timezone.now()))
    answer = Answer.objects.filter(meeting=held, person=by).first()
    if answer is None:
        return
    answer.delete()
    fact = RegretTakenBack if answer.says == Says.REGRET else AnswerTakenBack
    record(fact(meeting_id=held.pk), by=by, about=by, on=held, within=held.group)
