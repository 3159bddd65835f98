"""What a round of chats is decided from, read from the database; and the hours of those who were brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from django.db.models import Q

from folkmoot.connections.domain import matching
from folkmoot.connections.domain.chats import NEW_FOR, Became, draws_at, proposed
from folkmoot.connections.domain.matching import Met, Part, Participant
from folkmoot.connections.domain.shared_hours import EVERY_DAY, Rhythm, Window, shared_times
from folkmoot.connections.models.chats import ChatConversation, ChatPart, ChatProgramme, ChatSeat, Near
from folkmoot.connections.queries.chats import chats_among
from folkmoot.connections.queries.interests import Interests, interests_of, kept_apart
from folkmoot.groups.models import Participation, Term
from folkmoot.kit import zones
from folkmoot.meetings.fair_times_reading import hours_of
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.people.absences import spans_of
from folkmoot.people.models import Affiliation, Person

MOST_DAYS = 28
"""A chat is looked for within four weeks at most, however seldom rounds come."""


@dataclass(frozen=True)
class Asked:
    """A round before it is decided; `parts` by the key of the person, `interests` for the words as people wrote."""

    programme: matching.Programme
    window: Window
    people: tuple[Participant, ...]
    met: tuple[Met, ...]
    apart: tuple[tuple[str, str], ...]
    parts: dict[str, ChatPart]
    interests: dict[int, Interests]
    on: date

    @property
    def ends_on(self) -> date:
        """The first day after the round; its window is in UTC, where a morning far in the east is the day before."""
        return self.on + timedelta(days=self.window.days)

    def decided(self) -> matching.Round:
        """Who talks with whom, by the keys of people."""
        return matching.match(self.programme, self.window, self.people, met=self.met, apart=self.apart)


def zone_here() -> str:
    """The organisation's zone, by which days of draws are meant."""
    organisation = the_organisation()
    return organisation.zone if organisation else "UTC"


def window_of(programme: ChatProgramme, on: date) -> Window:
    """The days of a round that begins on a day."""
    return Window(draws_at(on, zone_here()), min(programme.weeks * 7, MOST_DAYS))


def rhythm_of(person: Person, weekdays: Sequence[int] = EVERY_DAY) -> Rhythm:
    """Somebody's zone (the organisation's where none is known), hours and weekdays."""
    zone = zones.canonical(person.zone or zone_here())
    return Rhythm(zone, hours_of(person), tuple(sorted(set(weekdays) & set(EVERY_DAY))))


def asked_for(programme: ChatProgramme, on: date) -> Asked:
    """A round on a day among those who take part and are there: not paused, not skipping, not away; seven queries."""
    window = window_of(programme, on)
    parts = {str(part.person_id): part for part in _who_comes(programme, on, window)}
    keys = [part.person_id for part in parts.values()]
    groups = _groups_of(keys, programme)
    employers = _employers_of(keys, on)
    interests = interests_of(keys)
    newcomers_since = window.start - NEW_FOR
    people = tuple(
        _participant(
            part,
            interests[part.person_id],
            groups.get(part.person_id, frozenset()),
            employers.get(part.person_id, ""),
            newcomers_since,
        )
        for part in parts.values()
    )
    met = tuple(
        Met(str(one), str(other), chat.on)
        for chat in chats_among(keys)
        if chat.became != Became.DID_NOT
        for one, other in combinations(chat.people, 2)
    )
    pairs = sorted(sorted(pair) for pair in kept_apart(keys))
    return Asked(
        programme=matching.Programme(seed=programme.seed, chat=programme.minutes, trios=programme.has_trios),
        window=window,
        people=people,
        met=met,
        apart=tuple((str(one), str(other)) for one, other in pairs),
        parts=parts,
        interests=interests,
        on=on,
    )


def _who_comes(programme: ChatProgramme, on: date, window: Window) -> list[ChatPart]:
    parts = programme.parts.filter(person__is_active=True).select_related("person__comfortable_hours").order_by("pk")
    if programme.group is not None:
        # As `groups.queries.has_power` says it of one person, by which they may take part.
        inside = Participation.objects.filter(group=programme.group, ended_at=None)
        seated = Term.objects.on(today_here()).filter(seat__group=programme.group, seat__retired_on=None)
        seated = seated.exclude(seat__role=None)
        parts = parts.filter(Q(person__in=inside.values("person")) | Q(person__in=seated.values("person")))
    there = [
        part
        for part in parts
        if part.skips != programme.next_draw and (part.paused_until is None or part.paused_until <= on)
    ]
    away = spans_of([part.person_id for part in there], since=on)
    last = on + timedelta(days=window.days - 1)
    return [
        part
        for part in there
        if not any(span.first <= on and span.last >= last for span in away.get(part.person_id, ()))
    ]


def _groups_of(people: Sequence[int], programme: ChatProgramme) -> dict[int, frozenset[str]]:
    """Groups in which people take part, but that of the programme, which all have in common."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Participation.objects.filter(person__in=people, ended_at=None).exclude(group=programme.group_id)
    for person, group in rows.values_list("person", "group"):
        found[person].add(str(group))
    return {person: frozenset(groups) for person, groups in found.items()}


def _employers_of(people: Sequence[int], on: date) -> dict[int, str]:
    """For whom people work on a day, as far as they said it; of several, the one that began last."""
    found: dict[int, str] = {}
    for row in Affiliation.objects.filter(person__in=people).exclude(organisation=""):
        if (row.began_on is None or row.began_on <= on) and (row.ended_on is None or row.ended_on >= on):
            found.setdefault(row.person_id, matching.topic(row.organisation))
    return found


def _participant(
    part: ChatPart, interests: Interests, groups: frozenset[str], employer: str, newcomers_since: datetime
) -> Participant:
    rhythm = rhythm_of(part.person, part.weekdays)
    if part.person.joined_at >= newcomers_since:
        role = Part.NEWCOMER
    else:
        role = Part.CONNECTOR if part.welcomes else Part.ANYBODY
    return Participant(
        key=str(part.person_id),
        rhythm=rhythm,
        cares_about=frozenset(interests.cares),
        can_help_with=frozenset(interests.helps),
        wants_to_learn=frozenset(interests.learns),
        part=role,
        groups=groups,
        employer=employer,
        region=rhythm.zone.partition("/")[0] if "/" in rhythm.zone else "",
        wants_near=part.near == Near.NEAR,
        passed_over=part.passed_over,
    )


def times_for(
    conversation: ChatConversation, seats: Sequence[ChatSeat], *, now: datetime, most: int = 3
) -> list[datetime]:
    """Up to three instants from now on that suit all in a conversation, by the hours that they keep at present.

    Seats come with people and hours fetched; two queries (weekdays of those who take part still, and who is away).
    """
    begins = draws_at(conversation.round.on, zone_here())
    ends = draws_at(conversation.round.ends_on, zone_here())
    if ends <= now or len(seats) < 2:
        return []
    people = [seat.person_id for seat in seats]
    weekdays = dict(
        ChatPart.objects.filter(programme=conversation.round.programme_id, person__in=people).values_list(
            "person", "weekdays"
        )
    )
    rhythms = [rhythm_of(seat.person, weekdays.get(seat.person_id, EVERY_DAY)) for seat in seats]
    away = spans_of(people, since=conversation.round.on - timedelta(days=1))
    busy = [
        [
            (
                datetime.combine(span.first, datetime.min.time(), zones.zone(rhythm.zone)),
                datetime.combine(span.last + timedelta(days=1), datetime.min.time(), zones.zone(rhythm.zone)),
            )
            for span in away.get(seat.person_id, ())
        ]
        for seat, rhythm in zip(seats, rhythms, strict=True)
    ]
    minutes = conversation.round.programme.minutes
    window = Window(begins, (conversation.round.ends_on - conversation.round.on).days)
    shared = shared_times(rhythms, window, least=minutes, most=2 * MOST_DAYS, busy=busy)
    return proposed(shared, minutes, after=max(now, begins), most=most)
