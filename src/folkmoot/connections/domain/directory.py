"""Who is found by whom: what somebody shows to a reader, what fits a search, and what two people have in common. Pure.

What a reader may not see is taken away first, by `shown_to`. Everything else works on what is left, so that no search,
filter, count or order can tell of what is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final

from folkmoot.connections.domain.matching import topic
from folkmoot.connections.domain.shared_hours import Rhythm, Window, minutes_a_weekday
from folkmoot.people.domain.seeking import Words, score

ME, GROUPS, SIGNED_IN = "me", "groups", "signed_in"
LEVELS: Final = (ME, GROUPS, SIGNED_IN, "everyone")
"""Who sees a part, from the fewest to the most, as `people` names it. The directory goes no further than the third."""
INTERESTS: Final = ("cares", "helps", "learns")
PROFILE: Final = ("languages", "region", "zone", "about")
"""Parts that are said on the profile, whose own choice is never widened here."""
PARTS: Final = (*INTERESTS, *PROFILE, "hours", "groups")
HALF_HOUR: Final = 30


def narrower(one: str, other: str) -> str:
    """Of two choices of who sees something, the one that shows it to fewer; what is not known shows it to nobody."""
    return LEVELS[min(LEVELS.index(each) if each in LEVELS else 0 for each in (one, other))]


@dataclass(frozen=True)
class Told:
    """What somebody tells: all of it, or after `shown_to` what one reader may see.

    Interests are folded subject to words; `groups` address to name; `languages` and `region` codes; `names` what
    languages, region and zone are called, for searching. `rhythm` is there only where hours were stated.
    """

    key: int
    name: str
    cares: Mapping[str, str] = field(default_factory=dict)
    helps: Mapping[str, str] = field(default_factory=dict)
    learns: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ()
    region: str = ""
    zone: str = ""
    about: str = ""
    hours: Rhythm | None = None
    groups: Mapping[str, str] = field(default_factory=dict)


_EMPTY: Final = Told(0, "")


def shown_to(told: Told, seen: Mapping[str, str], reached: Collection[str]) -> Told | None:
    """What is left for a reader who reaches these levels, by each part's level; None where that is nothing at all.

    Hours alone are nothing: they say something only to somebody who shows theirs.
    """
    hidden = {part: getattr(_EMPTY, part) for part in PARTS if seen.get(part, ME) not in reached}
    left = replace(told, **hidden)
    return left if any(getattr(left, part) for part in PARTS if part != "hours") else None


@dataclass(frozen=True)
class Common:
    """What a reader has in common with somebody, of what both know: words as the other one wrote them."""

    helps: tuple[str, ...] = ()
    """What they can help with and the reader wants to learn."""
    learns: tuple[str, ...] = ()
    """What they want to learn and the reader can help with."""
    cares: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    minutes: int = 0
    """Of a usual weekday, in whole half hours."""

    @property
    def weight(self) -> int:
        """How much that is: help counts most, then learning, caring, groups; hours part equals."""
        told = 40 * len(self.helps) + 30 * len(self.learns) + 20 * len(self.cares) + 5 * len(self.groups)
        return told + min(self.minutes // HALF_HOUR, 4)


def in_common(reader: Told, shown: Told, window: Window) -> Common:
    """Between a reader, of whom everything is given, and what somebody shows to them."""
    both = (reader.hours, shown.hours)
    minutes = minutes_a_weekday([one for one in both if one], window) if all(both) else 0
    return Common(
        helps=tuple(shown.helps[subject] for subject in shown.helps if subject in reader.learns),
        learns=tuple(shown.learns[subject] for subject in shown.learns if subject in reader.helps),
        cares=tuple(shown.cares[subject] for subject in shown.cares if subject in reader.cares),
        groups=tuple(name for address, name in shown.groups.items() if address in reader.groups),
        minutes=minutes // HALF_HOUR * HALF_HOUR,
    )


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; what is empty asks for nothing. `hours` is a number of hours on a weekday."""

    words: Words = field(default_factory=Words)
    group: str = ""
    cares: str = ""
    helps: str = ""
    learns: str = ""
    language: str = ""
    region: str = ""
    hours: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True)
class Found:
    """Somebody who fits, as far as the reader may see them."""

    shown: Told
    common: Common


def fits(shown: Told, common: Common, wanted: Wanted, names: Sequence[str] = ()) -> bool:
    """Whether somebody is what is looked for; `names` are what their languages, region and zone are called."""
    if wanted.group and wanted.group not in shown.groups:
        return False
    if wanted.language and wanted.language not in shown.languages:
        return False
    if wanted.region and wanted.region != shown.region:
        return False
    if wanted.hours and common.minutes < wanted.hours * 60:
        return False
    for sort in INTERESTS:
        sought = topic(getattr(wanted, sort))
        if sought and not any(sought in subject for subject in getattr(shown, sort)):
            return False
    return not wanted.words or score(wanted.words, shown.name, texts_of(shown, names)) > 0


def texts_of(shown: Told, names: Sequence[str] = ()) -> tuple[str, ...]:
    """All words by which somebody is found, besides the name."""
    said = (words for sort in INTERESTS for words in getattr(shown, sort).values())
    return (*said, *shown.groups.values(), *names, shown.about)


def most_in_common_first(found: Iterable[Found]) -> list[Found]:
    """Those with most in common first, then by name."""
    return sorted(found, key=lambda one: (-one.common.weight, one.shown.name.casefold(), one.shown.key))


def said_among(shown: Iterable[Told], sort: str, most: int = 60) -> list[str]:
    """What is said of one sort by these people, what most of them say first: words to choose from."""
    counted: dict[str, tuple[int, str]] = {}
    for one in shown:
        for subject, words in getattr(one, sort).items():
            times, first = counted.get(subject, (0, words))
            counted[subject] = (times + 1, first)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return [words for _subject, (_times, words) in ordered[:most]]
