"""A conversation as one of those in it sees it: who, why, when, and what can be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.connections.models.chats import Answer, ChatConversation, ChatSeat
from folkmoot.connections.queries.chats import conversations_of
from folkmoot.connections.queries.chats_matching import times_for, zone_here
from folkmoot.connections.queries.chats_words import listed, sentence
from folkmoot.connections.queries.interests import apart_from
from folkmoot.kit import ical, zones
from folkmoot.people.models import Person
from folkmoot.people.shown import profile_for
from folkmoot.ui import times

RECENT = timedelta(days=60)
"""For how long after its days a card asks what became of it."""


@dataclass(frozen=True)
class Other:
    """Somebody in the conversation, and where their profile is if it shows this reader anything."""

    person: Person
    path: str


@dataclass(frozen=True)
class Proposal:
    """A time that suits all: the instant, what clocks of others show then, a calendar file and a draft of a mail."""

    at: datetime
    there: str
    file_path: str
    mail: str


@dataclass(frozen=True)
class Card:
    """`is_open` while the chat's days last, `is_recent` for a while after; `mine` is the reader's seat in it."""

    conversation: ChatConversation
    others: tuple[Other, ...]
    names: str
    why: str
    is_open: bool
    is_recent: bool
    last_day: date
    times: tuple[Proposal, ...]
    mail: str
    mine: ChatSeat

    @property
    def answers(self) -> list[tuple[str, str, bool]]:
        """The buttons: value, words, and whether it is what the reader said."""
        return [(one.value, str(one.label), self.mine.answer == one) for one in Answer]


def cards_of(person: Person, *, now: datetime, most: int = 12) -> list[Card]:
    """Somebody's conversations as cards, the newest first: two queries, and a handful for each that is on now."""
    today = now.astimezone(zones.zone(zone_here())).date()
    return [_card(each, person, now, today) for each in conversations_of(person, most=most)]


def card_of(conversation: ChatConversation, person: Person, *, now: datetime) -> Card:
    """One conversation, fetched as `conversations_of` does."""
    return _card(conversation, person, now, now.astimezone(zones.zone(zone_here())).date())


def _card(conversation: ChatConversation, person: Person, now: datetime, today: date) -> Card:
    seats = list(conversation.seats.all())
    mine = next(seat for seat in seats if seat.person_id == person.pk)
    people = [seat.person for seat in seats if seat.person_id != person.pk]
    is_open = today < conversation.round.ends_on and mine.answer != Answer.NO
    names = listed([one.name for one in people]) or _("somebody who is not here any more")
    free = times_for(conversation, seats, now=now) if is_open else []
    # Whoever is to be kept apart since then gives nobody their address any more.
    apart = apart_from(person.pk) if is_open else set()
    to = [one for one in people if one.pk not in apart]
    return Card(
        conversation=conversation,
        others=tuple(Other(one, _profile(one, person) if is_open else one.public_path) for one in people),
        names=names,
        why=sentence(conversation, seats, person.pk),
        is_open=is_open,
        is_recent=today - conversation.round.ends_on < RECENT,
        last_day=conversation.round.ends_on - timedelta(days=1),
        times=tuple(_proposal(at, conversation, people, to, person) for at in free),
        mail=mail_draft(conversation, to, person, None) if is_open else "",
        mine=mine,
    )


def _profile(other: Person, reader: Person) -> str:
    return reverse("person", args=[other.pk]) if profile_for(other, reader) is not None else ""


def _proposal(
    at: datetime, conversation: ChatConversation, people: list[Person], to: list[Person], reader: Person
) -> Proposal:
    return Proposal(
        at=at,
        there=_there(at, people, reader),
        file_path=reverse("chat_file", args=[conversation.pk, stamp_of(at)]),
        mail=mail_draft(conversation, to, reader, at),
    )


def _there(at: datetime, people: list[Person], reader: Person) -> str:
    """`18:00 in Tokyo`, for every clock among the others that shows another time than the reader's."""
    mine = times.local(at, reader.zone or zone_here())
    said = []
    for zone in dict.fromkeys(one.zone for one in people if one.zone):
        theirs = times.local(at, zone)
        if theirs.replace(tzinfo=None) != mine.replace(tzinfo=None):
            said.append(times.at_place(theirs, zone, reader.clock, beside=mine.date()))
    return listed(said)


def stamp_of(at: datetime) -> int:
    """An instant as addresses hold it: minutes since the beginning of 1970 in UTC."""
    return int(at.timestamp()) // 60


def mail_draft(conversation: ChatConversation, people: list[Person], reader: Person, at: datetime | None) -> str:
    """A `mailto:` link to those others who have an address, with words that can be sent as they are; empty without."""
    to = [one.email for one in people if one.email]
    if not to:
        return ""
    name = conversation.round.programme.name
    lines = [_("Hello,"), "", _("%(programme)s has brought us together.") % {"programme": name}]
    if at is None:
        lines.append(_("When would a chat suit you?"))
    else:
        lines += [_("Would this time suit you for a chat?"), "", *_clocks(at, [reader, *people]), ""]
    lines += ["", reader.name]
    subject = _("A chat: %(programme)s") % {"programme": name}
    query = urlencode({"subject": subject, "body": "\r\n".join(lines)}, quote_via=quote)
    return f"mailto:{','.join(quote(one, safe='@') for one in to)}?{query}"


def _clocks(at: datetime, people: list[Person]) -> list[str]:
    """One line for each zone among them: `Wednesday 25 November, 09:00 in Lisbon`."""
    lines = []
    for zone in dict.fromkeys(one.zone or zone_here() for one in people):
        local = times.local(at, zone)
        lines.append(f"{times.long_day(local.date())}, {times.at_place(local, zone, '24', beside=local.date())}")
    return lines


def calendar_file(card: Card, at: datetime, reader: Person, *, now: datetime) -> bytes:
    """One chat as an iCalendar file, in the reader's own zone."""
    conversation = card.conversation
    programme = conversation.round.programme
    zone = reader.zone or zone_here()
    local = times.local(at, zone).replace(tzinfo=None)
    if local.replace(tzinfo=zones.zone(zone)).astimezone(UTC) != at:  # The second of two equal times.
        zone, local = "UTC", at.astimezone(UTC).replace(tzinfo=None)
    address = f"{settings.PUBLIC_ADDRESS}{conversation.get_absolute_url()}"
    event = ical.Event(
        uid=f"chat-{conversation.pk}-{stamp_of(at)}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'folkmoot'}",
        summary=_("Chat with %(names)s") % {"names": card.names},
        changed=now,
        start=local,
        zone=zone,
        duration=timedelta(minutes=programme.minutes),
        description=f"{programme.name}. {card.why}".strip(),
        url=address,
    )
    return ical.calendar([ical.component(event)], ical.timezones([(zone, local.date(), local.date())]), refresh=None)
