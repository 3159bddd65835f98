"""What speaks for and against a pair: the hard rules, its appeal, and the reasons in a form for pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from folkmoot.connections.domain.drawing import drawn
from folkmoot.connections.domain.matching.programme import Met, Part, Participant, Programme
from folkmoot.connections.domain.matching.solving import TIE_BITS, Edge
from folkmoot.connections.domain.shared_hours import Rhythm, Window, has_stretch, minutes_a_weekday, suiting

MOST_TOPICS = 3


class Good(StrEnum):
    """What is good about people meeting."""

    NEVER_MET = "never_met"
    LONG_AGO = "long_ago"
    SHARED_TOPICS = "shared_topics"
    CAN_HELP = "can_help"
    WELCOME = "welcome"
    OTHER_GROUPS = "other_groups"
    SHARED_HOURS = "shared_hours"


@dataclass(frozen=True)
class Reason:
    """One reason for a conversation. Nothing in it comes from the do-not-match list or from employers.

    `people` are the keys it speaks of: who can help and who wants to learn, the connector and the newcomer; empty where
    it is true of all. `minutes` are those of a usual weekday that suit everybody.
    """

    good: Good
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True)
class Table:
    """All that a round is decided from; people stand in the order that the seed gives them, whatever their keys say."""

    programme: Programme
    window: Window
    people: tuple[Participant, ...]
    last_met: dict[tuple[int, int], int]
    """Days from the last chat of two until the round, by their places."""
    apart: frozenset[tuple[int, int]]
    """Places of those who are never paired. Private: it decides, and is never told."""

    @cached_property
    def rhythm_of(self) -> tuple[int, ...]:
        """For each person the number of their rhythm; many share one."""
        numbers: dict[Rhythm, int] = {}
        return tuple(numbers.setdefault(one.rhythm, len(numbers)) for one in self.people)

    @cached_property
    def rhythms(self) -> tuple[Rhythm, ...]:
        return tuple(dict.fromkeys(one.rhythm for one in self.people))

    @cached_property
    def _in_common(self) -> dict[tuple[int, int], tuple[int, bool]]:
        return {}

    def overlap(self, one: int, other: int) -> tuple[int, bool]:
        """Minutes of the round that suit both, and whether a chat fits into them."""
        a, b = self.rhythm_of[one], self.rhythm_of[other]
        return self.overlap_of_rhythms((a, b) if a <= b else (b, a))

    def overlap_of_rhythms(self, key: tuple[int, int]) -> tuple[int, bool]:
        """The same for two rhythms by their numbers, the lower one first."""
        found = self._in_common.get(key)
        if found is None:
            both = suiting(self.rhythms[key[0]], self.window) & suiting(self.rhythms[key[1]], self.window)
            found = self._in_common[key] = (both.bit_count(), has_stretch(both, self.programme.chat))
        return found

    def may_meet(self, people: Sequence[int]) -> bool:
        """Whether two or three people keep every hard rule together."""
        for pair in combinations(sorted(people), 2):
            if pair in self.apart or pair[0] == pair[1]:
                return False
        return not self.programme.asks_for_overlap or self.find_time(people)

    def find_time(self, people: Sequence[int]) -> bool:
        """Whether these people have a chat's length of time in common, whoever they are."""
        if len(people) == 2:
            return self.overlap(people[0], people[1])[1]
        shared = (1 << self.window.minutes) - 1
        for person in people:
            shared &= suiting(self.people[person].rhythm, self.window)
        return has_stretch(shared, self.programme.chat)

    def repeats(self, one: int, other: int) -> int:
        """1 where two met and the programme remembers it, else 0."""
        days = self.last_met.get((one, other) if one < other else (other, one))
        return int(days is not None and days < self.programme.remembers)

    def appeal(self, one: int, other: int) -> int:
        """What speaks for a pair, in the programme's numbers."""
        appeals, a, b = self.programme.appeals, self.people[one], self.people[other]
        days = self.last_met.get((one, other) if one < other else (other, one))
        found = appeals.novelty if days is None else recovered(appeals.novelty, days, self.programme.half_life)
        if both := a.cares_about & b.cares_about:
            found += appeals.shared_topic * min(len(both), MOST_TOPICS)
        helped = len(a.can_help_with & b.wants_to_learn) + len(b.can_help_with & a.wants_to_learn)
        if helped:
            found += appeals.help * min(helped, MOST_TOPICS)
        if {a.part, b.part} == {Part.NEWCOMER, Part.CONNECTOR}:
            found += appeals.welcome
        if a.groups and b.groups and not a.groups & b.groups:
            found += appeals.other_groups
        if a.employer and b.employer and a.employer != b.employer:
            found += appeals.other_employers
        if a.region and a.region == b.region:
            found += appeals.near * (a.wants_near + b.wants_near)
        plenty = self.programme.plenty * self.window.days
        return found + appeals.hours * min(self.overlap(one, other)[0] * 7, plenty) // plenty

    def edge(self, one: int, other: int) -> Edge:
        """A pair as the solver takes it."""
        one, other = min(one, other), max(one, other)
        return Edge(one, other, self.repeats(one, other), self.appeal(one, other), self._drawn(one, other))

    def _drawn(self, one: int, other: int) -> int:
        return drawn(self.seed, self.people[one].key, self.people[other].key) >> (64 - TIE_BITS)

    @cached_property
    def seed(self) -> str:
        return seed_of(self.programme, self.window)

    def reasons(self, people: Sequence[int]) -> tuple[Reason, ...]:
        """What is good about these people meeting, the most telling first."""
        found = []
        pairs = list(combinations(people, 2))
        who = [self.people[person] for person in people]
        both = frozenset.intersection(*(one.cares_about for one in who))
        if both:
            found.append(Reason(Good.SHARED_TOPICS, topics=_some(both)))
        for one, other in [*pairs, *((b, a) for a, b in pairs)]:
            a, b = self.people[one], self.people[other]
            if topics := a.can_help_with & b.wants_to_learn:
                found.append(Reason(Good.CAN_HELP, (a.key, b.key), _some(topics)))
            if (a.part, b.part) == (Part.CONNECTOR, Part.NEWCOMER):
                found.append(Reason(Good.WELCOME, (a.key, b.key)))
        if all(pair not in self.last_met and pair[::-1] not in self.last_met for pair in pairs):
            found.append(Reason(Good.NEVER_MET))
        elif not any(self.repeats(*pair) for pair in pairs):
            found.append(Reason(Good.LONG_AGO))
        groups = [one.groups for one in who]
        if all(groups) and not any(a & b for a, b in combinations(groups, 2)):
            found.append(Reason(Good.OTHER_GROUPS))
        if minutes := minutes_a_weekday([one.rhythm for one in who], self.window):
            found.append(Reason(Good.SHARED_HOURS, minutes=minutes))
        return tuple(found)


def _some(topics: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(topics)[:MOST_TOPICS])


def recovered(appeal: int, days: int, half_life: int) -> int:
    """How much of the appeal of meeting is back so many days after a chat: half after one half-life, 3/4 after two."""
    return appeal - round(appeal * math.pow(0.5, max(days, 0) / half_life))


def seed_of(programme: Programme, window: Window) -> str:
    """The text that parts equals in one round."""
    return f"{programme.seed}\n{window.start.date().isoformat()}"


def table(
    programme: Programme,
    window: Window,
    people: Iterable[Participant],
    met: Iterable[Met] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Table:
    """Everything in its place. Raises ValueError for two participants with one key.

    Chats and lists may speak of people who are not in the round; that is left aside. A chat with a day after the
    round's first counts as one of that day.
    """
    seed, today = seed_of(programme, window), window.start.date()
    placed = tuple(sorted(people, key=lambda one: (drawn(seed, one.key), one.key)))
    place = {one.key: number for number, one in enumerate(placed)}
    if len(place) < len(placed):
        raise ValueError("two participants have one key")

    def places(one: str, other: str) -> tuple[int, int] | None:
        if one == other or one not in place or other not in place:
            return None
        return (min(place[one], place[other]), max(place[one], place[other]))

    last_met: dict[tuple[int, int], int] = {}
    for chat in met:
        if pair := places(chat.one, chat.other):
            days = max((today - chat.on).days, 0)
            last_met[pair] = min(days, last_met.get(pair, days))
    never = frozenset(pair for one, other in apart if (pair := places(one, other)))
    return Table(programme, window, placed, last_met, never)
