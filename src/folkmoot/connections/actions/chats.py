"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.connections.domain.chats import first_draw
from folkmoot.connections.facts.chats import ChatsBegun, ChatsChanged, ChatsEnded, ChatsJoined, ChatsLeft
from folkmoot.connections.models.chats import (
    LONGEST_NAME,
    MOST_WEEKS,
    WORKING_DAYS,
    Answer,
    ChatConversation,
    ChatPart,
    ChatProgramme,
    Near,
)
from folkmoot.connections.rules.chats import (
    may_begin_chats,
    may_run_chats,
    may_speak_of_chat,
    may_take_part_in_chats,
)
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import author

LONGEST_PAUSE = timedelta(days=366)
MOST_OF_A_GROUP = 10
LENGTHS = (15, 30, 45, 60)


@dataclass(frozen=True)
class ChatWords:
    """How a programme goes: `weekday` of the draw (0 = Monday), every so many `weeks`, chats of so many `minutes`."""

    name: str
    weeks: int = 4
    weekday: int = 0
    minutes: int = 30
    has_trios: bool = True


@transaction.atomic
def begin_chats(group: Group | None, words: ChatWords, *, by: Actor) -> ChatProgramme:
    """Make a programme of a group, or of everybody; nobody is in it until they choose to be.

    Refused `forbidden`, `invalid` with params `field`, `too_many`.
    """
    require(may_begin_chats(by, group))
    if group is not None:
        Group.objects.select_for_update().get(pk=group.pk)
    if ChatProgramme.objects.filter(group=group, ended_at=None).count() >= MOST_OF_A_GROUP:
        raise Refused(
            _("There are %(count)d such programmes already; please end one.") % {"count": MOST_OF_A_GROUP},
            code="too_many",
        )
    name = _checked(words)
    made = ChatProgramme.objects.create(
        group=group,
        name=name,
        weeks=words.weeks,
        weekday=words.weekday,
        minutes=words.minutes,
        has_trios=words.has_trios,
        seed=secrets.token_hex(8),
        next_draw=first_draw(today_here(), words.weekday),
        made_by=author(by),
        made_at=timezone.now(),
    )
    record(
        ChatsBegun(made.pk, name=name, weeks=made.weeks, first_draw=made.next_draw.isoformat()),
        by=by,
        on=made,
        within=group,
    )
    return made


@transaction.atomic
def change_chats(programme: ChatProgramme, words: ChatWords, *, by: Actor) -> ChatProgramme:
    """Change how a programme goes. Another weekday moves the next draw, unless people were told of its day already.

    Refused `forbidden`, `invalid` with params `field`, `ended`.
    """
    require(may_run_chats(by, programme))
    held = hold_programme(programme)
    _not_ended(held)
    name = _checked(words)
    if held.weekday != words.weekday and held.warned_of != held.next_draw:
        move_draw(held, first_draw(max(today_here(), held.next_draw - timedelta(days=7)), words.weekday))
    held.name, held.weeks, held.weekday = name, words.weeks, words.weekday
    held.minutes, held.has_trios = words.minutes, words.has_trios
    held.save()
    record(ChatsChanged(held.pk), by=by, on=held, within=held.group)
    return held


@transaction.atomic
def end_chats(programme: ChatProgramme, *, by: Actor) -> ChatProgramme:
    """Draw no more rounds; what was drawn stays on people's pages. Done twice, it is told once."""
    require(may_run_chats(by, programme))
    held = hold_programme(programme)
    if held.ended_at is None:
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        record(ChatsEnded(held.pk), by=by, on=held, within=held.group)
    return held


@dataclass(frozen=True)
class TakingPart:
    """How somebody takes part: the weekdays that suit them, whether they would rather meet people near them, and
    whether they like to welcome those who are new."""

    weekdays: tuple[int, ...] = WORKING_DAYS
    near: Near = Near.ANYWHERE
    welcomes: bool = False


@transaction.atomic
def take_part_in_chats(programme: ChatProgramme, how: TakingPart, *, by: Person) -> ChatPart:
    """Take part from the next draw on, or change how; one's own to say. Refused `forbidden`, `invalid`."""
    held = hold_programme(programme)
    require(may_take_part_in_chats(by, held))
    days = sorted({day for day in how.weekdays if 0 <= day <= 6})
    if not days:
        raise Refused(_("Choose at least one weekday on which a chat suits you."), code="invalid", field="weekdays")
    part, is_new = ChatPart.objects.update_or_create(
        programme=held,
        person=by,
        defaults={"weekdays": days, "near": how.near, "welcomes": how.welcomes},
        create_defaults={
            "weekdays": days,
            "near": how.near,
            "welcomes": how.welcomes,
            "began_at": timezone.now(),
        },
    )
    if is_new:
        record(ChatsJoined(held.pk), by=by, about=by, on=held, within=held.group)
    return part


@transaction.atomic
def skip_next_chat(programme: ChatProgramme, *, by: Person, draw: date | None = None) -> bool:
    """Leave the next draw out, and come again with the one after it; with `draw` only if that is still the next one.

    False where that draw is over. Refused `not_taking_part`.
    """
    held = hold_programme(programme)
    part = _own_part(held, by)
    if draw is not None and draw != held.next_draw:
        return False
    part.skips = held.next_draw
    part.save(update_fields=["skips"])
    return True


@transaction.atomic
def come_after_all(programme: ChatProgramme, *, by: Person) -> None:
    """Neither skip nor pause any more. Refused `not_taking_part`."""
    part = _own_part(hold_programme(programme), by)
    part.skips = part.paused_until = None
    part.save(update_fields=["skips", "paused_until"])


@transaction.atomic
def pause_chats(programme: ChatProgramme, until: date, *, by: Person) -> None:
    """Leave out all draws before a day, at most a year from now. Refused `not_taking_part`, `invalid`."""
    part = _own_part(hold_programme(programme), by)
    today = today_here()
    if until <= today:
        raise Refused(_("Choose a day that is still to come."), code="invalid", field="until")
    if until > today + LONGEST_PAUSE:
        raise Refused(_("Choose a day within a year."), code="invalid", field="until")
    part.paused_until = until
    part.save(update_fields=["paused_until"])


@transaction.atomic
def leave_chats(programme: ChatProgramme, *, by: Person) -> None:
    """Take part no more; conversations that were drawn stay. Done twice, it is told once."""
    held = hold_programme(programme)
    gone, _each = ChatPart.objects.filter(programme=held, person=by).delete()
    if gone:
        record(ChatsLeft(held.pk), by=by, about=by, on=held, within=held.group)


@transaction.atomic
def say_of_chat(conversation: ChatConversation, answer: Answer, *, by: Person) -> None:
    """Say what became of a conversation one is in; the last word counts. Refused `not_found` to everybody else."""
    if not may_speak_of_chat(by, conversation):
        raise Refused(_("There is no such conversation."), code="not_found")
    conversation.seats.filter(person=by).update(answer=Answer(answer), answered_at=timezone.now())


def hold_programme(programme: ChatProgramme) -> ChatProgramme:
    """The programme as it is now, held until the transaction ends: changes of it and draws wait for each other."""
    return ChatProgramme.objects.select_for_update(of=("self",)).select_related("group").get(pk=programme.pk)


def move_draw(held: ChatProgramme, on: date) -> None:
    """Another day for the next draw of a programme that is held; who skips it still does. Saving it is the caller's."""
    if on != held.next_draw:
        held.parts.filter(skips=held.next_draw).update(skips=on)
        held.next_draw = on


def _own_part(held: ChatProgramme, person: Person) -> ChatPart:
    part = held.parts.filter(person=person).first()
    if part is None:
        raise Refused(_("You do not take part in these chats."), code="not_taking_part")
    return part


def _not_ended(held: ChatProgramme) -> None:
    if held.ended_at is not None:
        raise Refused(_("These chats have ended."), code="ended")


def _checked(words: ChatWords) -> str:
    """The name as it is kept; Refused `invalid`."""
    name = one_line(words.name, most=LONGEST_NAME)
    if not name:
        raise Refused(_("Please give it a name."), code="invalid", field="name")
    if not 1 <= words.weeks <= MOST_WEEKS:
        raise Refused(_("Rounds come every 1 to %(most)d weeks.") % {"most": MOST_WEEKS}, code="invalid", field="weeks")
    if not 0 <= words.weekday <= 6:
        raise Refused(_("Please choose one of the options."), code="invalid", field="weekday")
    if words.minutes not in LENGTHS:
        raise Refused(_("Please choose one of the options."), code="invalid", field="minutes")
    return name
