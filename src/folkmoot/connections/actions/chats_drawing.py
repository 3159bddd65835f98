"""Rounds of chats: told beforehand, drawn once, introduced, and asked after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.connections.actions.chats import hold_programme, move_draw
from folkmoot.connections.domain.chats import ASKED_AFTER, WARNED_BEFORE, draw_after, draws_at
from folkmoot.connections.domain.matching import Conversation, Round
from folkmoot.connections.facts.chats import ChatRoundDrawn
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.chats import ChatConversation, ChatProgramme, ChatRound, ChatSeat, Missed
from folkmoot.connections.notices.chats import (
    ChatIntroduced,
    ChatRoundComes,
    ChatRoundTroubled,
    ChatsAskedAfter,
    NobodyForAChat,
)
from folkmoot.connections.queries.chats import running_programmes, who_runs
from folkmoot.connections.queries.chats_matching import Asked, asked_for, times_for, zone_here
from folkmoot.connections.queries.chats_words import reasons_kept, sentence, words_of
from folkmoot.connections.rules.chats import may_run_chats
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell

FEWEST = 2
"""With fewer people there is no round."""
PREVIEW_FROM = 5
"""From how many people on a round can be looked at beforehand: with fewer, numbers would tell whose they are."""


def programmes_due(*, now: datetime) -> list[ChatProgramme]:
    """Those that have something to do: telling of the next draw, drawing, or asking after chats."""
    zone = zone_here()
    day = now.astimezone(zones.zone(zone)).date()
    found = {
        one.pk: one
        for one in running_programmes().filter(next_draw__lte=day + WARNED_BEFORE)
        if one.warned_of != one.next_draw or draws_at(one.next_draw, zone) <= now
    }
    to_ask = ChatRound.objects.filter(asked_at=None, drawn_at__lte=now - ASKED_AFTER)
    for each in ChatProgramme.objects.filter(pk__in=to_ask.values("programme")):
        found.setdefault(each.pk, each)
    return list(found.values())


def look_after_chats(programme: ChatProgramme, *, now: datetime) -> None:
    """All that is due in a programme, each in a transaction of its own; done twice, it is done once."""
    tell_of_next_round(programme, now=now)
    draw_when_due(programme, now=now)
    ask_after_chats(programme, now=now)


@transaction.atomic
def tell_of_next_round(programme: ChatProgramme, *, now: datetime) -> bool:
    """Two days before a draw, tell whoever takes part that it comes; True where it was told now.

    Nothing is drawn unannounced: a draw of which nobody was told in time moves to two days from now.
    """
    held = hold_programme(programme)
    day = now.astimezone(zones.zone(zone_here())).date()
    if not _is_running(held) or held.warned_of == held.next_draw or held.next_draw > day + WARNED_BEFORE:
        return False
    move_draw(held, max(held.next_draw, day + WARNED_BEFORE))
    held.warned_of = held.next_draw
    held.save(update_fields=["next_draw", "warned_of"])
    coming = asked_for(held, held.next_draw)
    tell([part.person for part in coming.parts.values()], ChatRoundComes(held, held.next_draw))
    return True


@transaction.atomic
def draw_when_due(programme: ChatProgramme, *, now: datetime) -> ChatRound | None:
    """Draw the next round once its hour has come and people were told of it; None where that is not so (any more)."""
    held = hold_programme(programme)
    due = _is_running(held) and held.warned_of == held.next_draw and draws_at(held.next_draw, zone_here()) <= now
    return _draw(held, now=now, by=system()) if due else None


@transaction.atomic
def draw_now(programme: ChatProgramme, *, now: datetime, by: Actor) -> ChatRound:
    """Draw the next round ahead of its day, by whoever runs the programme. Refused `forbidden`, `ended`, `drawn`."""
    require(may_run_chats(by, programme))
    held = hold_programme(programme)
    if not _is_running(held):
        raise Refused(_("These chats have ended."), code="ended")
    day = now.astimezone(zones.zone(zone_here())).date()
    if held.rounds.filter(on__gte=day).exists():
        raise Refused(_("Today's round has been drawn."), code="drawn")
    return _draw(held, now=now, by=by)


@dataclass(frozen=True)
class Preview:
    """A round in numbers: how many people, talks (trios among them), and for how many there would be nobody."""

    people: int
    talks: int
    trios: int
    left_over: int


def preview(programme: ChatProgramme) -> Preview | None:
    """The next round as it would be if it were drawn now; None for fewer than `PREVIEW_FROM` people."""
    asked = asked_for(programme, programme.next_draw)
    return numbers(asked, asked.decided()) if len(asked.people) >= PREVIEW_FROM else None


def numbers(asked: Asked, decided: Round) -> Preview:
    """A decided round without a name in it."""
    sizes = [len(each.people) for each in decided.conversations]
    return Preview(len(asked.people), len(sizes), sizes.count(3), len(decided.left_over))


def _is_running(held: ChatProgramme) -> bool:
    return running_programmes().filter(pk=held.pk).exists()


def _draw(held: ChatProgramme, *, now: datetime, by: Actor) -> ChatRound:
    """Decide and keep one round of a programme that is held, and tell everybody what it brought them."""
    day = now.astimezone(zones.zone(zone_here())).date()
    asked = asked_for(held, day)
    decided = asked.decided()
    last = held.rounds.order_by("-number").first()
    following = draw_after(max(held.next_draw, day), held.weeks, held.weekday)
    drawn = ChatRound.objects.create(
        programme=held, number=last.number + 1 if last else 1, on=day, ends_on=asked.ends_on, drawn_at=now
    )
    held.next_draw = following
    held.save(update_fields=["next_draw"])
    for each in decided.conversations:
        _introduce(drawn, each, asked, now=now)
    for left in decided.left_over:
        part = asked.parts[left.key]
        why = Missed.ALONE if len(asked.people) < FEWEST else Missed(left.why.value)
        ChatSeat.objects.create(round=drawn, person=part.person, missed=why)
        part.passed_over = min(part.passed_over + 1, 100)
        part.save(update_fields=["passed_over"])
        tell([part.person], NobodyForAChat(drawn, why))
    seated = [key for each in decided.conversations for key in each.people]
    held.parts.filter(person__in=map(int, seated)).exclude(passed_over=0).update(passed_over=0)
    record(
        ChatRoundDrawn(
            held.pk,
            number=drawn.number,
            people=len(asked.people),
            conversations=len(decided.conversations),
            left_over=len(decided.left_over),
        ),
        by=by,
        on=held,
        within=held.group,
    )
    if not decided.conversations:
        tell(who_runs(held), ChatRoundTroubled(drawn, too_few=len(asked.people) < FEWEST, people=len(asked.people)))
    return drawn


def _introduce(drawn: ChatRound, each: Conversation, asked: Asked, *, now: datetime) -> None:
    """Keep one conversation with its reasons, and tell each of those in it who the others are, why, and when."""
    words = words_of(asked.interests[key] for key in sorted(map(int, each.people)))
    places = {key: place for place, key in enumerate(each.people)}
    made = ChatConversation.objects.create(round=drawn, reasons=reasons_kept(each.reasons, places, words))
    seats = ChatSeat.objects.bulk_create(
        ChatSeat(round=drawn, conversation=made, place=place, person=asked.parts[key].person)
        for key, place in places.items()
    )
    times = tuple(times_for(made, seats, now=now))
    for seat in seats:
        others = tuple(one.person for one in seats if one is not seat)
        tell([seat.person], ChatIntroduced(made, others, sentence(made, seats, seat.person_id), times))


@transaction.atomic
def ask_after_chats(programme: ChatProgramme, *, now: datetime) -> int:
    """A week after a draw, ask those who have not said it whether their chat happened; returns how many were asked.

    Nobody is asked about those whom they themselves asked to be kept apart from.
    """
    hold_programme(programme)
    asked = 0
    due = programme.rounds.filter(asked_at=None, drawn_at__lte=now - ASKED_AFTER).order_by("number")
    for each in due.select_related("programme__group"):
        each.asked_at = now
        each.save(update_fields=["asked_at"])
        seats = each.seats.exclude(conversation=None).select_related("person", "conversation")
        apart = set(NotWith.objects.filter(asked_by__in=seats.values("person")).values_list("asked_by", "other"))
        for seat in seats.filter(answer=""):
            beside = [one for one in seats if one.conversation_id == seat.conversation_id and one != seat]
            others = tuple(one.person for one in beside if (seat.person_id, one.person_id) not in apart)
            if others and seat.conversation is not None:
                asked += len(tell([seat.person], ChatsAskedAfter(seat.conversation, others)))
    return asked
