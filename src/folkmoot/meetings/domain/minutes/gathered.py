"""Where people are put together while a meeting is read: who was there, who was not, and what is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from folkmoot.meetings.domain.minutes import lexicon
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.marks import absence_beside, is_crowd, is_firm, is_nobody, letter_of, sign_of
from folkmoot.meetings.domain.minutes.model import Note, ReadPerson
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.people import (
    folded,
    is_placeholder,
    looks_like_a_name,
    more_people,
    read_person,
    split_list,
)
from folkmoot.meetings.domain.minutes.plain import links, plain
from folkmoot.meetings.domain.minutes.words import Standing, asks_to_write, label_words, speaks_of_presence, standing_of

MOST_PEOPLE: Final = 2_000
MOST_ENTRIES: Final = 10_000
MOST_NOTES: Final = 300
_TEAM: Final = re.compile(r"^[^:@]{0,60}:?\s*@[\w-]{1,40}/[\w-]{1,60}\s*$")
"""A group of people on a forge, such as "@labs/reviewers"."""
_STRUCK: Final = re.compile(r"~~([^~]{1,200})~~|<(?:s|del|strike)>([^<>]{1,200})</(?:s|del|strike)>", re.IGNORECASE)
_PLUS: Final = re.compile(r"\+\s?(\d{1,3})")
_BESIDES: Final = re.compile(r"\s*[(\[]|\s[-–—]\s")
_AND_MORE: Final = re.compile(r"\s\+\s?(\d{1,2})$")
_NUMBER: Final = re.compile(r"\+?[\d\s().-]{7,30}")
_MENTION: Final = re.compile(r"\[~([\w.-]{1,60})\]")
_NICK: Final = re.compile(r"@?[A-Za-z0-9][\w-]{0,38}")


@dataclass(slots=True)
class Gathered:
    """People of one meeting."""

    present: list[ReadPerson] = field(default_factory=list)
    regrets: list[ReadPerson] = field(default_factory=list)
    unnamed: int = 0
    stated: list[tuple[int, int]] = field(default_factory=list)
    """Numbers of people that the minutes give themselves, with their lines."""
    moderators: list[str] = field(default_factory=list)
    scribes: list[str] = field(default_factory=list)
    role_lines: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    """Numbers of the lines that were understood as people or labels of people."""
    lists: int = 0
    """In how many places people who were there are listed."""
    first_line: int = 0
    handles_in_brackets: bool = False
    entries: int = 0
    signs: list[bool | None] = field(default_factory=list)
    """For every entry of the list at hand, what its sign says of being there; None for no sign."""
    left_out: list[tuple[str, int]] = field(default_factory=list)
    """Entries of the list at hand that were taken for no people, such as "all" or "na", with their lines."""
    labels: dict[str, int] = field(default_factory=dict)
    """Labels below which people who were there were found, with their lines."""
    empty: list[int] = field(default_factory=list)
    """Lines of labels below which nobody was named."""

    _struck_in: tuple[int, frozenset[str]] = (0, frozenset())
    _known: dict[tuple[bool, str], int] = field(default_factory=dict)
    """Places of people by whether they were absent, and by their handle or folded name."""

    def tell(self, code: str, line: int, **values: object) -> None:
        """Note something, once."""
        if len(self.notes) < MOST_NOTES and (one := note(code, line, **values)) not in self.notes:
            self.notes.append(one)

    def entry(self, text: str, line: Line, standing: Standing, role: str = "", affiliation: str = "") -> bool:
        """Take one entry of a list; False where it is no person."""
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            self.tell("too_many", line.number, most=MOST_ENTRIES, what="people")
            return True
        words = plain(text).replace("\n", " ").strip()
        if "[~" in words:
            words = text = _MENTION.sub(r"@\1", words)
        if (besides := _AND_MORE.search(words)) and besides.start() and standing != "absent":
            self._unnamed(words, int(besides[1]), line, standing)
            words = text = words[: besides.start()].strip()
        if (plus := _PLUS.fullmatch(words)) and standing != "absent":
            self._unnamed(words, int(plus[1]), line, standing)
            return True
        if ((words and not words.strip("? ")) or _NUMBER.fullmatch(words)) and standing != "absent":
            self.claimed.add(line.number)
            self.tell("unnamed_unclear", line.number, text=words)
            return True
        if len(words.strip(" .@*")) == 1 and words.strip(" .@*").isalpha() and standing != "absent":
            self.claimed.add(line.number)
            self.tell("line_not_a_person", line.number, text=words)
            return True
        if not words or (is_placeholder(words) and words not in ("...", "…", "etc", "etc.")):
            self.claimed.add(line.number)
            if words.isalpha() and standing != "absent" and words.lower() not in lexicon.TEMPLATES:
                self.left_out.append((words, line.number))
            return True
        if (struck := self._struck(line)) and (words in struck or _BESIDES.split(words)[0].strip() in struck):
            self.claimed.add(line.number)
            self.tell("struck_out", line.number, name=words)
            return True
        sign, unsigned = sign_of(words)
        if sign is not None:
            words, text = unsigned, sign_of(text)[1] if sign_of(text)[0] is not None else unsigned
        elif (letter := letter_of(words)) and standing != "absent":
            name, said, sign = letter
            if said.lower() in ("p", "a"):
                self.tell("mark_unknown", line.number, text=said, name=name)
            words = text = name
        if asks_to_write(words) and len(words.split()) > 2:
            self.claimed.add(line.number)
            self.tell("instruction", line.number, text=words)
            return True
        if words.strip(" .…") in ("", "etc") and standing != "absent":
            self.tell("unnamed_unclear", line.number, text=words)
            return True
        if (more := more_people(words)) is not None:
            self._unnamed(words, more, line, standing)
            return True
        if _TEAM.search(words):
            self.claimed.add(line.number)
            self.tell("group_named", line.number, text=words)
            return True
        if is_crowd(words) and "@" not in words and ":" not in words:
            self.claimed.add(line.number)
            if standing != "absent":
                self.tell("unnamed_unclear", line.number, text=words)
            return True
        if is_nobody(words):
            self.tell("line_not_a_person", line.number, text=words)
            return False
        target = next((url for label, url in links(text) if label and standing_of(label)), "")
        if target and standing_of(words):
            self.tell("attendance_elsewhere", line.number, url=target)
            self.claimed.add(line.number)
            return True
        if words.startswith(("http://", "https://")) and " " not in words:
            self.tell("attendance_elsewhere", line.number, url=words)
            self.claimed.add(line.number)
            return True
        if "://" in words and ":" in words.partition("://")[0].rstrip("htps"):
            self.tell("line_not_a_person", line.number, text=words)
            return False
        person = read_person(text, line.number, role=role, guest=standing == "guest")
        if person is None or is_placeholder(person.shown.lstrip("@")):
            self.claimed.add(line.number)
            return True
        if not looks_like_a_name(person.shown):
            if len(words.split()) > 5 or len(words) > 60 or not person.name[:1].isalnum():
                self.tell("line_not_a_person", line.number, text=words)
                return False
            self.tell("name_unlikely", line.number, text=words)
        if self.handles_in_brackets and not person.handle and _NICK.fullmatch(person.affiliation):
            person = replace(person, handle=person.affiliation.lstrip("@"), affiliation="")
        elif len(person.name.split()) > 1 and person.name == person.name.lower() and person.name != person.name.upper():
            self.tell("name_unlikely", line.number, text=words)
        unnamed = bool(set(person.name.lower().replace("'s", "").split()) & lexicon.DEVICES)
        if unnamed or is_firm(person.name) or speaks_of_presence(person.name) or person.name.lower().endswith("bot"):
            self.tell("name_unlikely", line.number, text=words)
        if standing != "absent":
            standing = self._by_words(words, sign, person, line, standing)
        if words.count(",") > 2 and len(split_list(words)) > 3 and not person.initials:
            self.tell("commas_unclear", line.number, text=words)
        if affiliation and not person.affiliation:
            person = replace(person, affiliation=affiliation)
        self.add(person, standing)
        return True

    def _struck(self, line: Line) -> frozenset[str]:
        """The texts of a line that are struck out."""
        if self._struck_in[0] != line.number:
            found = _STRUCK.findall(line.text) if "~~" in line.text or "</" in line.text else []
            names = (plain(first or second).strip(" ,;") for first, second in found)
            self._struck_in = line.number, frozenset(name for name in names if name)
        return self._struck_in[1]

    def _by_words(self, words: str, sign: bool | None, person: ReadPerson, line: Line, standing: Standing) -> Standing:
        """Whether somebody in a list of those present was there, by a sign or the words beside the name."""
        self.signs.append(sign)
        if sign is False:
            self.tell("not_marked", line.number, name=person.shown)
            return "absent"
        beside = absence_beside(words)
        if beside == "whole":
            self.tell("said_absent", line.number, text=words)
            return "absent"
        if beside:
            self.tell("perhaps_absent", line.number, text=words)
        return standing

    def add(self, person: ReadPerson, standing: Standing) -> None:
        """Add somebody, once."""
        self.claimed.add(person.line)
        known = self.regrets if standing == "absent" else self.present
        if len(known) >= MOST_PEOPLE:
            self.tell("too_many", person.line, most=MOST_PEOPLE, what="people")
            return
        absent = standing == "absent"
        keys = [(absent, key) for key in (person.handle and f"@{person.handle.lower()}", folded(person.name)) if key]
        place = next((self._known[key] for key in keys if key in self._known), None)
        if place is not None and same_person(person, known[place]):
            if not absent and known[place].line >= self.first_line:
                self.tell("person_twice", person.line, name=person.shown)
            known[place] = _joined(known[place], person)
            return
        known.append(person)
        for key in keys:
            self._known[key] = len(known) - 1

    def _unnamed(self, words: str, more: int, line: Line, standing: Standing) -> None:
        self.claimed.add(line.number)
        if standing == "absent":
            return
        if more == 0:
            self.tell("unnamed_unclear", line.number, text=words)
        else:
            self.unnamed += more
            self.tell("unnamed_counted", line.number, text=words, count=more)

    def names_role(self, kind: str, names: list[str], line: int) -> None:
        """Take who led the meeting, or who wrote."""
        kept = self.moderators if kind == "moderator" else self.scribes
        for name in names:
            if name and name not in kept and len(kept) < 12:
                kept.append(name)
                self.role_lines.setdefault(name, line)


def same_person(one: ReadPerson, other: ReadPerson) -> bool:
    """Whether two entries are surely the same person: by handle, or by a name that is written the same."""
    if one.handle and one.handle.lower() == other.handle.lower():
        return True
    if one.handle and other.handle and one.name and other.name:
        return False
    return bool(one.name) and folded(one.name) == folded(other.name)


def _joined(one: ReadPerson, other: ReadPerson) -> ReadPerson:
    return replace(
        one,
        name=one.name or other.name,
        handle=one.handle or other.handle,
        affiliation=one.affiliation or other.affiliation,
        role=one.role or other.role,
        initials=one.initials or other.initials,
    )


def stated_in(label: str) -> int | None:
    """The number of people that stands in brackets in a label, such as "Attendees (12)"."""
    bare = plain(label)
    for opening in ("(", "["):
        inside = bare.partition(opening)[2].partition(")" if opening == "(" else "]")[0].strip()
        number, _, rest = inside.partition(" ")
        if number.isdigit() and len(number) < 5 and (not rest or label_words(rest) in _COUNTED):
            return int(number)
    return None


_COUNTED: Final = frozenset(
    ("people", "persons", "attendees", "participants", "total", "members", "present", "in total")
)
TOTALS: Final = frozenset(
    ("total", "totals", "total attendance", "total attendees", "total present", "count", "head count", "headcount",
     "number of attendees", "number of participants", "number present", "gesamt", "insgesamt", "anzahl", "nombre")
)  # fmt: skip
