"""What minutes say: frozen values, in which nothing is guessed. What is not said is None, zero or empty.

Lines are counted from 1 in the file that was read; they take no part in comparing two records.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["open", "info"]
"""`open`: a person must look, for what is here may be wrong or missing. `info`: good to know."""

WAYS: Final = ("vote", "lazy_consensus", "consensus", "motion")
OUTCOMES: Final = ("carried", "declined", "deferred", "withdrawn")


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about what was read. `words` is a whole sentence."""

    code: str
    line: int
    words: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """Somebody who was there, or was not; a name or a handle at least. `handle` is without its @."""

    name: str
    handle: str = ""
    affiliation: str = ""
    role: str = ""
    guest: bool = False
    initials: str = ""
    line: int = field(default=0, compare=False)

    @property
    def shown(self) -> str:
        """The name, or the handle of somebody of whom only that is known."""
        return self.name or f"@{self.handle}"


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A topic, with what was written below it as Markdown. Text above the first topic has an empty title."""

    title: str
    minutes: int | None = None
    kind: str = ""
    owner: str = ""
    notes: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ReadAction:
    """Something that somebody was to do. Where no owner was named it is empty."""

    text: str
    owner: str = ""
    due: datetime.date | None = None
    done: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Votes as numbers; None where the minutes give none."""

    approve: int | None = None
    decline: int | None = None
    abstain: int | None = None
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Votes by name."""

    approve: tuple[str, ...] = ()
    decline: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


NO_COUNTS: Final = Counts()
NO_NAMES: Final = Names()
SIDES: Final = ("approve", "decline", "abstain", "absent")


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """What was decided, how (one of WAYS or empty), with what outcome (one of OUTCOMES or empty)."""

    text: str
    way: str = ""
    outcome: str = ""
    counts: Counts = NO_COUNTS
    names: Names = NO_NAMES
    moved_by: str = ""
    seconded_by: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A recording, slides, an agenda kept elsewhere."""

    label: str
    url: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OpeningText:
    """A text that was read at the beginning, such as an antitrust notice."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """The minutes of one meeting.

    `starts` and `ends` are times on the wall, `zone` the words beside them ("UTC", "Europe/Lisbon", "PT").
    `until` is the last day of a meeting of several days. `unnamed` counts people who were there without their
    names; `stated_count` is a number of people that the minutes give themselves.
    """

    title: str = ""
    group: str = ""
    status: str = ""
    date: datetime.date | None = None
    until: datetime.date | None = None
    starts: datetime.time | None = None
    ends: datetime.time | None = None
    zone: str = ""
    present: tuple[ReadPerson, ...] = ()
    regrets: tuple[ReadPerson, ...] = ()
    unnamed: int = 0
    stated_count: int | None = None
    moderator: str = ""
    scribe: str = ""
    texts: tuple[OpeningText, ...] = ()
    items: tuple[ReadItem, ...] = ()
    decisions: tuple[ReadDecision, ...] = ()
    actions: tuple[ReadAction, ...] = ()
    links: tuple[ReadLink, ...] = ()
    approved: str = ""

    @property
    def attendee_count(self) -> int:
        """How many people were there, as far as the minutes say."""
        return len(self.present) + self.unnamed


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """One meeting as it was read, the lines it was read from, and what is uncertain about it."""

    record: MinutesRecord
    first_line: int
    last_line: int
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a person must look before this can be taken over."""
        return any(note.severity == "open" for note in self.notes)


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """A file of minutes: its meetings in the order of the file, and what concerns the whole file.

    `canonical` says that it was in our own form and was read exactly.
    """

    name: str
    meetings: tuple[ReadMeeting, ...] = ()
    notes: tuple[Note, ...] = ()
    canonical: bool = False

    @property
    def is_open(self) -> bool:
        return any(note.severity == "open" for note in self.all_notes)

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """Those of the file, then those of each meeting."""
        return self.notes + tuple(note for meeting in self.meetings for note in meeting.notes)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A decision that is kept as a text of its own, with its number within a year. `decided` is the day."""

    number: int | None = None
    year: int | None = None
    title: str = ""
    text: str = ""
    status: str = ""
    way: str = ""
    outcome: str = ""
    decided: datetime.date | None = None
    counts: Counts = NO_COUNTS
    names: Names = NO_NAMES
    moved_by: str = ""
    seconded_by: str = ""


@dataclass(frozen=True, slots=True)
class ReadResolution:
    """A resolution as it was read from a file, and what is uncertain about it."""

    resolution: Resolution
    notes: tuple[Note, ...] = ()
    canonical: bool = False
