"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.chats import ChatWords, TakingPart, begin_chats, take_part_in_chats
from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.domain.chats import draws_at, first_draw
from folkmoot.connections.domain.matching import Conversation, match
from folkmoot.connections.facts.chats import ChatRoundDrawn
from folkmoot.connections.models.chats import (
    Answer,
    ChatConversation,
    ChatPart,
    ChatProgramme,
    ChatRound,
    ChatSeat,
    Near,
)
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.queries.chats_matching import Asked, asked_for, zone_here
from folkmoot.connections.queries.chats_words import reasons_kept, words_of
from folkmoot.connections.queries.interests import interests_of
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in

ROUNDS, WEEKS, TUESDAY = 12, 4, 1
TAKING_PART = (
    *("adaeze", "tomas", "rosa", "lina", "priya", "yuki", "ewan", "salma", "binita", "amos", "itziar", "oyelaran"),
    *("minh", "sorcha", "katarzyna", "abebe", "tuuli", "zoran", "thandeka", "ines", "despina", "kofi", "liv", "oksana"),
)
TOGETHER = ("tomas", "adaeze")
CARES = ("Repair cafés", "Maps", "Plain language", "Community radio", "Bread", "Timetables", "Gardens", "Choirs")
HELPS = ("Minutes", "Translating", "Facilitating", "Budgets", "Accessibility", "First talks")
ANSWERS = (*(Answer.YES,) * 6, Answer.NO, Answer.NOT_YET, "", "")


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """A year of rounds for everybody with the next one coming, an open card, and tea in a group that has just begun."""
    mails = {f"{short}@example.org": short for short in TAKING_PART}
    people = {mails[one.email or ""]: one for one in Person.objects.filter(email__in=mails)}
    if len(people) < len(TAKING_PART) or not groups:
        return
    _say_what_they_care_about(people)
    programme = begin_chats(None, ChatWords(name=_("Coffee across time zones"), weeks=WEEKS, weekday=TUESDAY), by=by)
    programme.next_draw = first_draw(today_here() + timedelta(days=4), TUESDAY)
    programme.made_at = timezone.now() - timedelta(weeks=WEEKS * ROUNDS + 2)
    programme.save(update_fields=["next_draw", "made_at"])
    ChatPart.objects.bulk_create(
        ChatPart(
            programme=programme,
            person=people[short],
            near=Near.NEAR if number % 7 == 6 else Near.ANYWHERE,
            welcomes=number % 5 == 0,
            began_at=programme.made_at,
        )
        for number, short in enumerate(TAKING_PART)
    )
    pair = [str(people[short].pk) for short in TOGETHER]
    for number in range(1, ROUNDS + 1):
        on = programme.next_draw - timedelta(weeks=WEEKS * (ROUNDS + 1 - number))
        _round(programme, number, on, pair, is_last=number == ROUNDS, by=by)
    _tea(groups, by=by)


def _say_what_they_care_about(people: Mapping[str, Person]) -> None:
    """For whoever has said nothing yet."""
    said = interests_of([one.pk for one in people.values()])
    for number, short in enumerate(TAKING_PART):
        person = people[short]
        if said[person.pk].cares or said[person.pk].helps or said[person.pk].learns:
            continue
        say_interests(person, InterestSort.CARES, [CARES[number % len(CARES)], CARES[(number * 3 + 1) % len(CARES)]])
        sort = InterestSort.HELPS if number % 2 else InterestSort.LEARNS
        say_interests(person, sort, [HELPS[number // 2 % len(HELPS)]])


def _round(programme: ChatProgramme, number: int, on: date, pair: Sequence[str], *, is_last: bool, by: Actor) -> None:
    """One round of the past, decided as every other; in the last one those whom visitors try have a chat."""
    asked = asked_for(programme, on)
    rest = [one for one in asked.people if not (is_last and one.key in pair)]
    decided = match(asked.programme, asked.window, rest, met=asked.met, apart=(*asked.apart, (pair[0], pair[1])))
    talks = list(decided.conversations)
    if is_last:
        both = [one for one in asked.people if one.key in pair]
        talks += match(asked.programme, asked.window, both).conversations
    drawn_at = draws_at(on, zone_here())
    made = ChatRound.objects.create(
        programme=programme,
        number=number,
        on=on,
        ends_on=asked.ends_on,
        drawn_at=drawn_at,
        asked_at=drawn_at + timedelta(days=7),
    )
    kept = ChatConversation.objects.bulk_create(_conversation(made, each, asked) for each in talks)
    ChatSeat.objects.bulk_create(
        ChatSeat(
            round=made,
            conversation=conversation,
            place=place,
            person=asked.parts[key].person,
            answer="" if is_last else ANSWERS[(7 * number + 3 * place + 5 * which) % len(ANSWERS)],
        )
        for which, (conversation, each) in enumerate(zip(kept, talks, strict=True))
        for place, key in enumerate(each.people)
    )
    ChatSeat.objects.bulk_create(
        ChatSeat(round=made, person=asked.parts[left.key].person, missed=left.why.value) for left in decided.left_over
    )
    record(
        ChatRoundDrawn(
            programme.pk,
            number=number,
            people=len(asked.people),
            conversations=len(talks),
            left_over=len(decided.left_over),
        ),
        by=by,
        on=programme,
        at=drawn_at,
    )


def _conversation(made: ChatRound, each: Conversation, asked: Asked) -> ChatConversation:
    places = {key: place for place, key in enumerate(each.people)}
    words = words_of(asked.interests[int(key)] for key in each.people)
    return ChatConversation(round=made, reasons=reasons_kept(each.reasons, places, words))


def _tea(groups: Sequence[Group], *, by: Actor) -> None:
    """Chats of the first group, made by who leads it, with a few people and no round yet."""
    leader = next(iter(managers_of(groups[0])), by)
    tea = begin_chats(groups[0], ChatWords(name=_("Tea at the repair table"), weeks=2, weekday=3), by=leader)
    for person in people_in(groups[0])[:6]:
        take_part_in_chats(tea, TakingPart(), by=person)
