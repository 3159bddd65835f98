"""Asking for help, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.helping_hold import (
    begin_pause,
    checked_line,
    checked_text,
    end_pause,
    helpers_for,
    hold_request,
    who_cares,
)
from folkmoot.connections.domain.clocks import spent
from folkmoot.connections.domain.help_promises import Clocked
from folkmoot.connections.facts.helping import HelpAnswered, HelpAsked, HelpOwned
from folkmoot.connections.models.helping import (
    LONGEST_TITLE,
    HelpDesk,
    HelpMessage,
    HelpRequest,
    HelpState,
    HelpWish,
    Urgency,
)
from folkmoot.connections.notices.helping import HelpAnswer, HelpReceived, HelpReply, HelpWanted
from folkmoot.connections.queries.helping_clocks import clock_of, expected
from folkmoot.connections.queries.helping_routing import whom_to_ask
from folkmoot.connections.rules.helping import is_asker, may_ask, may_say
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.people.absences import spans_of
from folkmoot.people.domain.absences import away_until
from folkmoot.people.models import Person

MOST_OPEN = 20
"""How many requests of one person may be open at a time."""
ASKED_AT_ONCE = {Urgency.CRITICAL: 3, Urgency.HIGH: 2}
"""How many helpers are asked at first, by urgency; one for all others."""


@dataclass(frozen=True)
class Question:
    """What somebody asks; see `models.helping.HelpRequest`."""

    title: str
    text: str = ""
    topic: str = ""
    urgency: Urgency = Urgency.MEDIUM
    is_private: bool = False


@transaction.atomic
def ask_for_help(desk: HelpDesk, question: Question, *, by: Person, once: str = "") -> HelpRequest:
    """Ask at a desk. Whoever asks is told when to expect an answer, and whoever fits best is asked to give it.

    A form that is sent twice (`once`) asks once. Refused `forbidden`, `invalid` with params `field`, `too_many`.
    """
    require(may_ask(by, desk))
    Person.objects.select_for_update().get(pk=by.pk)
    mark = once[:64] or None
    if mark is not None and (before := HelpRequest.objects.filter(asker=by, once=mark).first()):
        return before
    if HelpRequest.objects.filter(asker=by).exclude(state=HelpState.CLOSED).count() >= MOST_OPEN:
        raise Refused(
            _("You have %(most)d open questions. Please close one that is settled.") % {"most": MOST_OPEN},
            code="too_many",
        )
    if question.topic and question.topic not in desk.topics:
        raise Refused(_("Choose one of the topics."), code="invalid", field="topic")
    urgency, now = Urgency(question.urgency), timezone.now()
    promise = desk.promised[urgency]
    request = HelpRequest.objects.create(
        desk=desk,
        asker=by,
        title=checked_line(
            question.title, most=LONGEST_TITLE, field="title", needed=_("Please say in a line what it is about.")
        ),
        text=checked_text(question.text),
        topic=question.topic,
        urgency=urgency,
        promise=promise.kept(),
        is_private=question.is_private,
        asked_at=now,
        last_said_at=now,
        once=mark,
    )
    record(HelpAsked(request.pk, urgency.value), by=by, about=by, on=request, within=desk.group)
    when = expected(desk, promise, now)
    tell([by], HelpReceived(request, aim=when.aim, limit=when.limit))
    _ask_helpers(request, most=ASKED_AT_ONCE.get(urgency, 1))
    return request


def _ask_helpers(request: HelpRequest, *, most: int) -> None:
    """Ask those who fit best; where nobody does now, all who are not away, without a reason of their own."""
    now = timezone.now()
    limit = expected(request.desk, request.promised, now).limit
    found = whom_to_ask(request, now=now, most=most)
    for one in found:
        tell([one.person], HelpWanted(request, why=one.to_them, limit=limit))
    asked = [one.person for one in found]
    if not asked:
        helpers = helpers_for(request)
        away = spans_of([person.pk for person in helpers], since=now.date())
        asked = [person for person in helpers if away_until(away.get(person.pk, ()), now.date()) is None]
        tell(asked, HelpWanted(request, why="", limit=limit))
    HelpWish.objects.bulk_create(
        [HelpWish(request=request, person=person, asked_at=now) for person in asked], ignore_conflicts=True
    )


@transaction.atomic
def say(request: HelpRequest, text: str, *, by: Person, asks_back: bool = False) -> HelpMessage:
    """Write in the conversation. The first answer of a helper stops the clock of the answer.

    With `asks_back` a helper waits for whoever asked, and the clocks stand still until they reply. Whoever answers
    what nobody looks after does so from then on. Refused `forbidden`, `invalid` with params `field`.
    """
    held = hold_request(request)
    require(may_say(by, held))
    now = timezone.now()
    is_answer = not is_asker(by, held)
    message = HelpMessage.objects.create(
        request=held,
        by=by,
        text=checked_text(text, needed=_("Please write something.")),
        is_answer=is_answer,
        said_at=now,
    )
    held.last_said_at = now
    if is_answer:
        _answered(held, by, asks_back)
        tell([held.asker], HelpAnswer(held, helper=by.name, asks_back=asks_back))
    else:
        end_pause(held, now)
        if held.state == HelpState.ASKED_BACK:
            held.state = HelpState.OPEN
        tell(who_cares(held), HelpReply(held, writer=by.name))
    held.save(update_fields=["last_said_at", "state", "answered_at", "answer_took", "owner"])
    return message


def _answered(held: HelpRequest, by: Person, asks_back: bool) -> None:
    now = held.last_said_at
    if held.answered_at is None:
        took = int(spent(clock_of(held, Clocked.ANSWER, held.desk.opening), now).total_seconds())
        held.answered_at, held.answer_took = now, took
        fact = HelpAnswered(held.pk, took, took <= held.promised.limit * 60)
        record(fact, by=by, on=held, within=held.desk.group)
    if held.owner is None:
        held.owner = by
        record(HelpOwned(held.pk, by.pk), by=by, about=by, on=held, within=held.desk.group)
    if asks_back and held.state == HelpState.OPEN:
        held.state = HelpState.ASKED_BACK
        begin_pause(held, now)
