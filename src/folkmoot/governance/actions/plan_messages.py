"""The messages of an election: drafts that are changed, moved or left out, and sent once to everybody, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.governance.domain.days import check_reach
from folkmoot.governance.election_messages import KINDS, MessageKind, hides_number
from folkmoot.governance.facts.plan import ElectionMessageSent
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.messages import (
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    ElectionMessage,
    MessageState,
)
from folkmoot.governance.notices.plan import ElectionMessageFailed, ElectionMessageNotice
from folkmoot.governance.queries.elections import day_in, officers_serving
from folkmoot.governance.queries.plan import days_of
from folkmoot.governance.rules.plan import may_write_messages
from folkmoot.groups.queries import managers_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import YES, Verdict, no, require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan import entered

CANCELLED = "cancelled"
AT_ONCE = 50
"""So many people are told in one transaction."""
CHUNKS_IN_A_ROW = 40
"""So many transactions one run of the schedule takes, so that other tasks have their turn."""


@dataclass(frozen=True)
class Written:
    """A message as it goes out now: somebody's own words, else those suggested for the days as they are."""

    subject: str
    words: str


def written(message: ElectionMessage) -> Written:
    """What a message says; empty for a kind that no part offers any more."""
    kind = KINDS.get(message.kind)
    election = message.election
    return Written(
        message.subject or (kind.subject(election) if kind is not None else ""),
        message.words or (kind.words(election) if kind is not None else ""),
    )


def write_messages(election: Election) -> None:
    """Give an election a draft of every kind that fits it; done twice, those are added that are missing."""
    for entry in KINDS.entries():
        if entry.item.by_itself and election.kind in entry.item.kinds:
            write_message(election, entry.name)


def write_message(election: Election, name: str) -> ElectionMessage | None:
    """The draft of one kind, on its day or today where that has passed; None where the election has no such step."""
    kind = KINDS[name]
    today = day_in(election, timezone.now())
    due = today if not kind.by_itself else kind.due_on(days_of(election))
    if due is None:
        return None
    found, _made = ElectionMessage.objects.get_or_create(
        election=election, kind=name, defaults={"due_on": max(due, today)}
    )
    return found


def redate_messages(election: Election, *, has_moved: bool) -> None:
    """Let messages that nobody gave a day of their own follow the days of the election."""
    days, today = days_of(election), day_in(election, timezone.now())
    for message in election.messages.filter(state=MessageState.WAITING):
        kind = KINDS.get(message.kind)
        due = kind.due_on(days) if kind is not None and kind.by_itself else None
        if due is not None and not message.has_own_day:
            message.due_on = max(due, today)
        message.is_stale = message.is_stale or (has_moved and bool(message.words))
        message.save(update_fields=["due_on", "is_stale"])


@transaction.atomic
def change_message(
    message: ElectionMessage, *, subject: str, words: str, due_on: date | None = None, by: Actor
) -> None:
    """Give a message other words, or another day; what is as suggested stays following the election.

    Refused `sent` once it has begun to go out, `invalid` without words.
    """
    hold_message(message)
    election = message.election
    require(may_write_messages(by, election))
    if message.state in (MessageState.SENDING, MessageState.SENT):
        raise Refused(_("This message has gone out already."), code="sent")
    suggested = written(ElectionMessage(election=election, kind=message.kind))
    own_subject = entered.title(subject, LONGEST_SUBJECT)
    own_words = entered.words(words, LONGEST_MESSAGE)
    if not own_words:
        raise Refused(_("Please write what it says, or leave the message out."), code="invalid")
    message.subject = "" if own_subject == suggested.subject else own_subject
    message.words = "" if own_words == suggested.words.strip() else own_words
    if due_on is not None and due_on != message.due_on:
        today = day_in(election, timezone.now())
        check_reach(due_on, today)
        if due_on < today:
            raise Refused(_("That day has passed. Please choose one that is still to come."), code="past")
        message.due_on, message.has_own_day = due_on, True
    message.is_stale = False
    message.save(update_fields=["subject", "words", "due_on", "has_own_day", "is_stale"])


@transaction.atomic
def leave_out_message(message: ElectionMessage, *, by: Actor) -> None:
    """Do not send a message; done twice, it is done once."""
    _set_aside(message, MessageState.WAITING, MessageState.LEFT_OUT, by)


@transaction.atomic
def take_back_message(message: ElectionMessage, *, by: Actor) -> None:
    """Send a message that was left out after all, on its day or today."""
    _set_aside(message, MessageState.LEFT_OUT, MessageState.WAITING, by)
    today = day_in(message.election, timezone.now())
    if message.state == MessageState.WAITING and message.due_on < today:
        message.due_on = today
        message.save(update_fields=["due_on"])


def _set_aside(message: ElectionMessage, was: MessageState, becomes: MessageState, by: Actor) -> None:
    hold_message(message)
    require(may_write_messages(by, message.election))
    if message.state == becomes:
        return
    if message.state != was:
        raise Refused(_("This message has gone out already."), code="sent")
    message.state = becomes
    message.save(update_fields=["state"])


def leave_out_all(election: Election) -> None:
    """Let nothing go out any more, as the election is cancelled."""
    election.messages.filter(state__in=(MessageState.WAITING, MessageState.SENDING)).update(state=MessageState.LEFT_OUT)


def may_go(message: ElectionMessage) -> Verdict:
    """Whether a message may go out now, whatever its day: announced, in its turn, looked over, and not too soon."""
    election, kind = message.election, KINDS.get(message.kind)
    if election.state == ElectionState.DRAFT:
        return no(_("It goes out once the election is announced."))
    if kind is None:
        return no(_("Nobody knows any more whom this message is for."))
    if not message.is_open:
        return no(_("It has gone out, or was left out."))
    if message.is_stale:
        return no(_("The days moved after it was written. Please look it over."))
    if why := kind.waits(election):
        return no(why)
    before = _before(message)
    if before is not None:
        label = KINDS[before.kind].label if before.kind in KINDS else before.kind
        return no(_("“%(message)s” comes first: send it, or leave it out.") % {"message": label})
    return YES


def _before(message: ElectionMessage) -> ElectionMessage | None:
    """The first message that has to go out before this one."""
    place = _place(message)
    others = [one for one in message.election.messages.all() if one.is_open and one.pk != message.pk]
    return min((one for one in others if _place(one) < place), key=_place, default=None)


def _place(message: ElectionMessage) -> tuple[date, int, int]:
    orders = {entry.name: entry.order for entry in KINDS.entries()}
    return message.due_on, orders.get(message.kind, 1000), message.pk


def in_order(election: Election) -> list[ElectionMessage]:
    """All messages of an election, in the order in which they go out."""
    found = list(election.messages.all())
    for message in found:
        message.election = election
    return sorted(found, key=_place)


@transaction.atomic
def send_message(message: ElectionMessage, *, by: Actor) -> None:
    """Send a message now, before its day: it begins to go out, and the schedule goes on until everybody has it.

    Refused `not_yet` where another comes first, or something has to happen before; sent twice, it is sent once.
    """
    hold_message(message)
    require(may_write_messages(by, message.election))
    if message.state in (MessageState.SENDING, MessageState.SENT):
        return
    verdict = may_go(message)
    if not verdict:
        raise Refused(verdict.reason, code="not_yet")
    message.state = MessageState.SENDING
    message.sent_by = by if isinstance(by, Person) else None
    message.save(update_fields=["state", "sent_by"])


def send_due(now: datetime) -> int:
    """Send what is due, in the order of each election, and go on with what was begun; returns how many people were
    told. A run is bounded: the next one goes on.

    A message that cannot be put together is left out, its officers are told, and its error is raised; the next run
    goes on with all others.
    """
    told, budget = 0, iter(range(CHUNKS_IN_A_ROW))
    open_ones = ElectionMessage.objects.filter(state__in=(MessageState.WAITING, MessageState.SENDING))
    elections = Election.objects.filter(pk__in=open_ones.values("election")).exclude(state=ElectionState.DRAFT)
    for election in elections.select_related("group").order_by("pk"):
        for message in in_order(election):
            is_due = message.state == MessageState.SENDING or message.due_on <= day_in(election, now)
            if not message.is_open or not is_due:
                continue
            try:
                if not may_go(message):
                    break
                while message.is_open and next(budget, None) is not None:
                    told += _send_chunk(message, now)
            except DatabaseError:
                raise
            except Exception:
                # Whatever a kind of another part does wrong, nothing else waits for it: the next run goes on.
                leave_out_broken(message)
                raise
            if message.is_open:
                return told
    return told


@transaction.atomic
def leave_out_broken(message: ElectionMessage) -> None:
    """Leave out a message that cannot be put together, and tell those who can send it after all."""
    hold_message(message)
    if not message.is_open:
        return
    message.state = MessageState.LEFT_OUT
    message.save(update_fields=["state"])
    kind = KINDS.get(message.kind)
    officers = [one.person for one in officers_serving(message.election)]
    tell(
        officers or managers_of(message.election.group),
        ElectionMessageFailed(message.election, str(kind.label) if kind is not None else message.kind),
    )


@transaction.atomic
def _send_chunk(message: ElectionMessage, now: datetime) -> int:
    """Tell the next people and remember who was the last, in one transaction: a kill in between tells nobody twice."""
    hold_message(message)
    kind: MessageKind | None = KINDS.get(message.kind)
    if kind is None or not message.is_open:
        return 0
    people = list(kind.people(message.election).filter(pk__gt=message.reached).order_by("pk")[:AT_ONCE])
    told = tell(people, notice_of(message, kind)) if people else []
    message.state = MessageState.SENDING
    message.people = F("people") + len(told)
    message.reached = people[-1].pk if people else message.reached
    message.save(update_fields=["state", "people", "reached"])
    message.refresh_from_db(fields=["people"])
    if len(people) < AT_ONCE:
        message.state, message.sent_at = MessageState.SENT, now
        message.save(update_fields=["state", "sent_at"])
        election = message.election
        record(
            ElectionMessageSent(
                election.pk, message.kind, None if hides_number(kind, election) else message.people, election.title
            ),
            by=message.sent_by or system(),
            on=election,
            within=election.group,
        )
    return len(told)


def notice_of(message: ElectionMessage, kind: MessageKind) -> ElectionMessageNotice:
    """A message as it is told."""
    says = written(message)
    return ElectionMessageNotice(
        election=message.election,
        number=message.pk,
        title=says.subject,
        words=says.words,
        to_path=kind.path(message.election),
        button=str(kind.action),
        way_in=kind.shortcut,
    )


def hold_message(message: ElectionMessage) -> None:
    """Let nobody else change the message until this transaction ends, and see it as it is now."""
    election = message.election
    ElectionMessage.objects.select_for_update().get(pk=message.pk)
    message.refresh_from_db()
    message.election = election
