"""Whom the names in minutes mean: somebody who is known here for sure, perhaps somebody, or a guest without a record.

Nobody is recognised in silence by less than a whole name or a handle that one person alone has. Within one meeting a
given name or initials stand for whoever is listed so among its people, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from folkmoot.meetings.domain.minutes.model import MinutesRecord, ReadPerson
from folkmoot.meetings.domain.minutes.people import folded, is_placeholder, split_list

Verdict = Literal["sure", "ask", "guest"]
"""`sure`: this person. `ask`: somebody has to say who it is, of `people` or another. `guest`: nobody known here."""

PLACES: Final = ("present", "regrets", "moderator", "scribe", "item", "decision", "action")
MOST_SUGGESTED: Final = 5


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person who has a record. `key` is how the caller finds them; `handles` are without their @."""

    key: int
    name: str
    handles: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameMatch:
    """One name of a meeting, wherever it stands in it, and whom it means.

    `key` is the same for the same name in all meetings, so that an answer to it is given once. `people` are the keys
    of one person where it is sure, of those it may be where it is to be asked, of nobody for a guest.
    """

    key: str
    shown: str
    places: tuple[str, ...]
    verdict: Verdict
    people: tuple[int, ...] = ()
    because: str = ""

    @property
    def person(self) -> int | None:
        """Whose name it is, where that is sure."""
        return self.people[0] if self.verdict == "sure" else None


class KnownPeople:
    """Everybody who has a record, to be found by what minutes may call them."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._names: dict[str, set[int]] = {}
        self._handles: dict[str, set[int]] = {}
        self._words: dict[frozenset[str], set[int]] = {}
        self._parts: dict[str, set[int]] = {}
        for person in people:
            for handle in person.handles:
                self._handles.setdefault(_handle(handle), set()).add(person.key)
            for name in (person.name, *person.other_names):
                key = folded(name)
                if not key:
                    continue
                self._names.setdefault(key, set()).add(person.key)
                words = frozenset(key.replace(",", " ").split())
                self._words.setdefault(words, set()).add(person.key)
                for word in words:
                    self._parts.setdefault(word, set()).add(person.key)

    def whose(self, name: str, handle: str = "") -> tuple[Verdict, tuple[int, ...], str]:
        """Whom a name with its handle means, and why: `handle`, `name`, `differ`, `several`, `alike`, `part`, ``."""
        by_handle = self._handles.get(_handle(handle), set()) if handle else set()
        key = folded(name)
        by_name = self._names.get(key, set()) if key else set()
        if by_handle and by_name and not by_handle & by_name:
            return "ask", _some(by_handle | by_name), "differ"
        if len(by_handle) == 1:
            return "sure", _some(by_handle), "handle"
        both = by_handle & by_name if by_handle and by_name else by_name or by_handle
        if len(both) == 1 and " " in key:
            return "sure", _some(both), "name"
        if len(both) > 1:
            return "ask", _some(both), "several"
        if both:
            return "ask", _some(both), "part"
        if alike := self._alike(key):
            return "ask", _some(alike), "alike"
        return "guest", (), ""

    def _alike(self, key: str) -> set[int]:
        """Those who have all words of a name but one, or of whose names all words stand in it."""
        words = frozenset(key.replace(",", " ").split())
        if not words:
            return set()
        if same := self._words.get(words):
            return same
        near: dict[int, int] = {}
        for word in words:
            if len(word) > 1:
                for person in self._parts.get(word, ()):
                    near[person] = near.get(person, 0) + 1
        enough = max(1, min(2, len(words)))
        return {person for person, count in near.items() if count >= enough}


def match_names(
    record: MinutesRecord, known: KnownPeople, answers: Mapping[str, int | None] | None = None
) -> tuple[NameMatch, ...]:
    """Every name of a meeting once, in the order of `PLACES`, with whom it means.

    `answers` are by the key of a name: a person, or None for a guest. They go before everything else.
    """
    listed = [*record.present, *record.regrets]
    found: dict[str, tuple[str, str, list[str]]] = {}
    for place, name, handle in _named(record):
        person = _in_list(name or f"@{handle}", listed) if place not in ("present", "regrets") else None
        shown, handle = (person.shown, person.handle) if person else (name or f"@{handle}", handle)
        name = person.name if person else name
        key = name_key(name, handle)
        _, _, places = found.setdefault(key, (shown, handle, []))
        if place not in places:
            places.append(place)
    return tuple(_match(key, *one, known, answers or {}) for key, one in found.items())


def key_in(record: MinutesRecord, said: str) -> str:
    """The key under which `match_names` has a name as it is written in a meeting, outside of its lists of people."""
    person = _in_list(said, [*record.present, *record.regrets])
    if person is not None:
        return name_key(person.name, person.handle)
    return name_key("", said[1:]) if said.startswith("@") else name_key(said)


def name_key(name: str, handle: str = "") -> str:
    """By what a name is told apart from others in all meetings: itself, folded, with its handle."""
    return " ".join(filter(None, (folded(name), f"@{_handle(handle)}" if handle else "")))


def _match(
    key: str, shown: str, handle: str, places: Sequence[str], known: KnownPeople, answers: Mapping[str, int | None]
) -> NameMatch:
    if key in answers:
        person = answers[key]
        if person is None:
            return NameMatch(key, shown, tuple(places), "guest", (), "answered")
        return NameMatch(key, shown, tuple(places), "sure", (person,), "answered")
    verdict, people, because = known.whose("" if shown.startswith("@") else shown, handle)
    return NameMatch(key, shown, tuple(places), verdict, people, because)


def _named(record: MinutesRecord) -> Iterator[tuple[str, str, str]]:
    """Place, name and handle of everybody who is named, those who are listed first."""
    for place, people in (("present", record.present), ("regrets", record.regrets)):
        yield from ((place, person.name, person.handle) for person in people)
    said: list[tuple[str, str]] = [("moderator", record.moderator), ("scribe", record.scribe)]
    said += [("item", item.owner) for item in record.items]
    for decision in record.decisions:
        sides = decision.names
        said += [("decision", name) for name in (decision.moved_by, decision.seconded_by)]
        said += [
            ("decision", name) for side in (sides.approve, sides.decline, sides.abstain, sides.absent) for name in side
        ]
    said += [("action", action.owner) for action in record.actions]
    for place, text in said:
        for name in split_list(text):
            if is_placeholder(name):
                continue
            yield (place, "", name[1:]) if name.startswith("@") else (place, name, "")


def _in_list(said: str, listed: Sequence[ReadPerson]) -> ReadPerson | None:
    """Who of the people of a meeting is meant by a whole name, a handle, initials or a given name; None if unclear."""
    sought = folded(said)
    if not sought:
        return None
    ways: tuple[Callable[[ReadPerson], bool], ...] = (
        lambda person: folded(person.name) == sought,
        lambda person: bool(person.handle) and _handle(person.handle) == _handle(said),
        lambda person: folded(person.initials).replace(" ", "") == sought.replace(" ", ""),
        lambda person: folded(person.name).split()[:1] == [sought],
        lambda person: _initials(person.name) == sought.replace(" ", "") and len(sought) > 1,
    )
    for way in ways:
        fitting = {name_key(person.name, person.handle): person for person in listed if way(person)}
        if fitting:
            return next(iter(fitting.values())) if len(fitting) == 1 else None
    return None


def _initials(name: str) -> str:
    return "".join(word[0] for word in folded(name).split())


def _handle(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()


def _some(people: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(people)[:MOST_SUGGESTED])
