"""The shape of a language's words for reading charters.

To add a language, write a package like `en` whose `VOCABULARY` has these tables, and enter it in
`words/__init__.py`. Everything is in lower case unless it says otherwise. Patterns are regular expressions that
are searched in one sentence or line in lower case, with straight quotes; each has to take time in proportion to
the length of the text, so no star within a star.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.groups.domain.charter.model import Kind


def terms(text: str) -> tuple[str, ...]:
    """The terms of a table that is written as text, parted by commas."""
    return tuple(term for part in text.split(",") if (term := re.sub(r"\s+", " ", part).strip()))


@dataclass(frozen=True)
class Frequency:
    """How often a series takes place, as a phrase says it."""

    freq: str
    """`WEEKLY`, `MONTHLY`, `YEARLY` or `DAILY`."""
    interval: int = 1
    times: int = 1
    """How often within the interval: "twice a month" leaves the days open."""


@dataclass(frozen=True)
class SectionWords:
    """What sections, labels and lists are called."""

    headings: Mapping[Kind, tuple[str, ...]]
    """What sections of each kind are called, without the fillers."""
    sealed: tuple[str, ...]
    """Headings of sections that hold nothing for us, nor do their subsections."""
    records: tuple[str, ...]
    """Words that make any heading one about what was: minutes, archives, former people."""
    fillers: frozenset[str]
    """Words of headings that say nothing about their kind."""
    continuations: frozenset[str]
    """After a dash these go on with the sentence; others say what the words before the dash name."""
    abbreviations: frozenset[str]
    """A full stop after these ends no sentence."""
    joins: tuple[str, ...]
    """What joins two subjects of one heading."""
    prepositions: tuple[str, ...]
    """What parts the subject of a heading from whose it is: "goals of the group"."""
    attributes: frozenset[str]
    """Headings that tell something about a role rather than name one."""
    groupers: frozenset[str]
    """Headings below the objectives that sort them rather than name one."""
    titles: tuple[str, ...]
    """Words of titles of whole charters."""
    document_names: tuple[str, ...]
    """What a charter calls itself, to be left off the group's name."""
    group_nouns: tuple[str, ...]
    """What a group calls itself at the end of its name."""


@dataclass(frozen=True)
class StatementWords:
    """How sentences are told apart."""

    lead_ins: tuple[tuple[Kind, str], ...]
    """In order; the first pattern that is found decides."""
    aim_lead_in: str
    """Begins the objectives where the purpose has just been said."""
    unrelated_lead_in: str
    """What a list after such a line holds is no objective, even among the objectives."""
    purpose_signals: str
    aim_sentence: str
    scope_out_sentence: str
    not_scope_out: str
    membership_signals: str
    membership_unrelated: str
    """A list after such a line holds no rules of membership."""
    decision_signals: tuple[tuple[str, str], ...]
    """(rule, pattern), the most telling first."""
    decision_context: str
    """Outside sections on decisions a majority or a consensus counts only beside one of these."""
    obligation: str
    """What binds to a policy."""
    no_obligation: str
    negation: str
    example: str
    past: str
    may: str
    optional: str


@dataclass(frozen=True)
class PeopleWords:
    """People and their roles."""

    role_words: frozenset[str]
    not_roles: frozenset[str]
    """Words of headings among the roles that name none."""
    duty_signals: str
    """What the holder of a role is or does."""
    listed: str
    """The sentence points at a list instead."""
    leader_words: frozenset[str]
    not_leaders: frozenset[str]
    led_by: str
    former: str
    name_particles: frozenset[str]
    not_names: frozenset[str]
    """Words written with a capital that are no part of a person's name."""
    role_columns: frozenset[str]
    duty_columns: frozenset[str]
    name_columns: frozenset[str]
    role_of_duties: str
    """A heading that names a role beside the word duties; group `role`."""


@dataclass(frozen=True)
class TimeWords:
    """Days, times, and how often."""

    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    """Abbreviations, which count only with a capital."""
    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    """"first" to 1; the last is -1."""
    frequencies: tuple[tuple[str, Frequency], ...]
    """The longest phrases first."""
    hint: str
    """A part of every word that tells a frequency, a weekday or a time."""
    every_other: str
    """Before a weekday: every second week."""
    each: str
    """Before a weekday: every week."""
    of_the_month: str
    and_words: str
    """Between weekdays or ordinals: both."""
    either: str
    """Between weekdays: one of them."""
    through: str
    """Between weekdays: all from the one to the other."""
    starting: str
    noon: str
    midnight: str
    range_words: str
    durations: tuple[tuple[str, int], ...]
    """(pattern, minutes); 0 minutes: group `n` counts them; -1: it counts hours."""
    numbers: Mapping[str, float]
    all_times_in: str
    """Says the zone of every time nearby; group `zone`."""
    alternating: str
    meeting_labels: Mapping[str, str]
    """"time" to `time`: what the lines of a meeting's particulars are called."""
    zone_columns: frozenset[str]
    time_columns: frozenset[str]
    quarters: Mapping[str, str]


@dataclass(frozen=True)
class MeetingWords:
    """How meetings are spoken of."""

    meeting_nouns: str
    meeting_verbs: str
    special_meetings: str
    """Meetings of a kind of their own, which are not the regular one."""
    own_meetings: str
    """Says, in any section, that this group meets."""
    meeting_label: str
    ended: str
    until: str
    """Group `year`."""
    not_duration: str
    """After a duration: it is a notice, not the length of a meeting."""
    not_meetings: str
    """Things whose frequency is not that of a meeting."""
    another_meets: str
    """Says when another group meets; group `who` names it."""
    another_groups: str


@dataclass(frozen=True)
class ReferenceWords:
    """Platforms, policies, and what still has to be written."""

    platforms: tuple[tuple[str, str], ...]
    """(key, pattern)."""
    not_channels: str
    """Links to what is kept rather than to where people talk."""
    policies: tuple[tuple[str, str], ...]
    policies_at_large: str
    policy_nouns: str
    placeholder: str
    short_placeholder: str
    """What is a placeholder when it is all, or nearly all, that is said."""
    instruction: str
    """Tells the author of a template what to write."""
    bracket_placeholder: str
    whole_bracket_placeholder: str
    """What is a placeholder when the brackets hold all that is said."""
    not_bracket_placeholder: frozenset[str]
    open_minutes: str
    not_open_minutes: str
    chatham_house: str


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language."""

    language: str
    sections: SectionWords
    statements: StatementWords
    people: PeopleWords
    times: TimeWords
    meetings: MeetingWords
    references: ReferenceWords
