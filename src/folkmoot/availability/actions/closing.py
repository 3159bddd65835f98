"""Polls that take no more answers, and what is forgotten of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.availability.actions.holding import hold_poll
from folkmoot.availability.facts import GuestAnswersForgotten, PollClosed
from folkmoot.availability.models import Poll, PollAnswer
from folkmoot.availability.notices import PollIsClosed
from folkmoot.availability.rules import may_run_poll
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell

GUESTS_KEPT = timedelta(days=90)


@transaction.atomic
def close_poll(poll: Poll, *, by: Actor) -> Poll:
    """Take no more answers; done twice, it is told once. Whoever asked is told, unless it is them."""
    require(may_run_poll(by, poll))
    return _close(hold_poll(poll), by=by)


def close_held(poll: Poll, *, by: Actor) -> Poll:
    """The same for a poll that is held already, by somebody of whom it is known that they may."""
    return _close(poll, by=by)


def _close(poll: Poll, *, by: Actor) -> Poll:
    if poll.closed_at is not None:
        return poll
    poll.closed_at = timezone.now()
    poll.save(update_fields=["closed_at"])
    poll.answers.exclude(mail="").update(mail="")
    answers = poll.answers.count()
    record(PollClosed(poll.pk, answers), by=by, on=poll, within=poll.group)
    if poll.asked_by is not None and poll.asked_by != by:
        tell([poll.asked_by], PollIsClosed(poll, answers))
    return poll


def close_polls_that_are_due(*, now: datetime) -> int:
    """Close the polls whose time is over, each in a transaction of its own; returns how many."""
    due = list(Poll.objects.filter(closed_at=None, closes_at__lte=now).order_by("pk"))
    for poll in due:
        with transaction.atomic():
            _close(hold_poll(poll), by=system())
    return len(due)


def forget_guests(*, now: datetime) -> int:
    """Delete what guests answered to polls that closed more than ninety days ago; returns how many answers."""
    old = Poll.objects.filter(closed_at__lte=now - GUESTS_KEPT, answers__person=None).distinct().order_by("pk")
    forgotten = 0
    for poll in old.select_related("group"):
        with transaction.atomic():
            count, _each = PollAnswer.objects.filter(poll=hold_poll(poll), person=None).delete()
            if count:
                record(GuestAnswersForgotten(poll.pk, count), by=system(), on=poll, within=poll.group)
            forgotten += count
    return forgotten
