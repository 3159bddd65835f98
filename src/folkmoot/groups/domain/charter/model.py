"""What a charter says, as frozen values.

Every value carries the lines it stands on, counted from 1, both ends included. What the charter does not say
is None or empty: a reader of these values never has to wonder whether something was guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Literal, NamedTuple

from folkmoot.kit.recurrence import Rule, to_rrule

Severity = Literal["info", "warning", "error"]
RuleOfDecision = Literal["lazy_consensus", "consensus", "majority", "supermajority", "unanimity", "quorum", "term"]
Quarter = Literal["Q1", "Q2", "Q3", "Q4"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of weekdays in JSON; in Python weekdays count from 0 = Monday, as in `date.weekday`."""


class Lines(NamedTuple):
    """A range of lines of the charter, from 1, both ends included."""

    first: int
    last: int

    def joined(self, other: Lines) -> Lines:
        """The smallest range that holds both."""
        return Lines(min(self.first, other.first), max(self.last, other.last))


class Kind(StrEnum):
    """What a section is about."""

    TITLE = "title"
    PREAMBLE = "preamble"
    PURPOSE = "purpose"
    OVERVIEW = "overview"
    OBJECTIVES = "objectives"
    SCOPE = "scope"
    SCOPE_OUT = "scope_out"
    RESPONSIBILITIES = "responsibilities"
    COMPOSITION = "composition"
    MEMBERSHIP = "membership"
    PEOPLE = "people"
    ROLES = "roles"
    MANAGERS = "managers"
    MEETINGS = "meetings"
    RECORDS = "records"
    ANNUAL_ACTIVITIES = "annual_activities"
    ACTIVITIES = "activities"
    DECISIONS = "decisions"
    GOVERNANCE = "governance"
    CHANNELS = "channels"
    RESOURCES = "resources"
    POLICIES = "policies"
    AMENDMENTS = "amendments"
    DELIVERABLES = "deliverables"
    DEFINITIONS = "definitions"
    CONTENTS = "contents"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Something that the charter says, and where.

    `number` is its place for people to quote ("1.3"), `anchor` its permalink within the charter's page; both
    are unique within one charter and empty for values that have no place of their own.
    """

    text: str | None
    lines: Lines
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Clause):
    """A clause with a name of its own: an objective, or a role with its responsibilities as the text."""

    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """A person whom the charter names as chair, lead, manager or the like."""

    name: str
    role: str | None
    """The word the charter uses for the office, such as "Co-Chair"."""
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Named):
    """Something that the group does each year."""

    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule(Clause):
    """A sentence that says how decisions are made."""

    rule: RuleOfDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Named):
    """Where the group talks."""

    platform: str | None = None
    """A key such as `slack` or `mailing_list`; None when the platform is not one we know."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Named):
    """A resource, or a policy to follow, with its address where the charter links one."""

    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Linked):
    """A policy that the charter binds the group to."""

    policy: str | None = None
    """A key such as `code_of_conduct` or `chatham_house_rule`; None for a policy that we do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Clause):
    """A change to the charter, or how it may be changed."""

    date: str | None = None
    """As exact as the charter gives it, in ISO 8601: `2025-09-14`, `2025-09` or `2025`."""


class Link(NamedTuple):
    """A link out of the charter; links within it are checked, not listed."""

    name: str
    url: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """One row of a table of times: "PST", 08:00."""

    label: str
    time: time
    zone_candidates: tuple[str, ...]
    """Zones that the label may mean, the likeliest first; empty for a label that we do not know."""
    lines: Lines


class Anchor(NamedTuple):
    """One way to read a meeting's time: it keeps this wall time in this zone."""

    zone: str
    local_time: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A series of meetings, as far as the charter settles it."""

    name: str | None
    cadence: str | None
    """The charter's own words."""
    interval_weeks: int | None
    weekdays: tuple[int, ...]
    either_weekday: bool
    """The charter leaves the choice: "on WED or THU"."""
    first_date: date | None
    local_time: time | None
    """In `zone`; while that is open, the time stated beside `zone_label`: the first row of a table of times."""
    duration_minutes: int | None
    """None when the charter is silent."""
    rule: Rule | None
    """None unless the charter says on which days; a bi-weekly rule also needs `first_date` to be run."""
    zone: str | None
    """Canonical; None while the charter leaves it open or says nothing."""
    zone_candidates: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    """Every reading of the time that the charter allows, the likeliest first; one when the zone is settled."""
    table: tuple[TimetableRow, ...]
    zone_label: str | None
    """The charter's word for the zone of `local_time`: "PST", "Pacific Time"."""
    lines: Lines

    @property
    def rrule(self) -> str | None:
        """The rule as RFC 5545 writes it."""
        return to_rrule(self.rule) if self.rule else None

    @property
    def zone_is_open(self) -> bool:
        """Whether there is a time, but no single zone to read it in."""
        return self.local_time is not None and self.zone is None


class Section(NamedTuple):
    """A heading with the lines that are its own, without those of its subsections."""

    heading: str | None
    """None for what stands before the first heading."""
    level: int
    kind: Kind
    lines: Lines
    number: str
    """"2.1"; empty for the title and for what stands before the first heading."""
    anchor: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the charter that a person should look at.

    `error` means that the group cannot be run without an answer. The words come from `code` and `params`, by
    language: `folkmoot.groups.domain.charter.words.notes`.
    """

    line: int
    severity: Severity
    code: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """A charter, read. `"".join(lines)` is the text; the sections cover every line exactly once, in order."""

    lines: tuple[str, ...]
    """With their own line endings."""
    title: str | None
    name: str | None
    """The group's name: the title without "Charter" and the like."""
    purpose: Clause | None
    scope_in: tuple[Clause, ...]
    scope_out: tuple[Clause, ...]
    objectives: tuple[Named, ...]
    membership: tuple[Clause, ...]
    roles: tuple[Named, ...]
    managers: tuple[Manager, ...]
    meetings: tuple[Meeting, ...]
    annual_activities: tuple[Activity, ...]
    decision_rules: tuple[DecisionRule, ...]
    channels: tuple[Channel, ...]
    resources: tuple[Linked, ...]
    policies: tuple[Policy, ...]
    links: tuple[Link, ...]
    amendments: tuple[Amendment, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    @property
    def text(self) -> str:
        """The whole charter, decoded."""
        return "".join(self.lines)

    @property
    def has_errors(self) -> bool:
        """Whether something has to be answered before the group can be run."""
        return any(note.severity == "error" for note in self.notes)
