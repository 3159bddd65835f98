"""The words of all languages together, made ready for use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Final, TypeVar

from folkmoot.groups.domain.charter.model import Kind
from folkmoot.groups.domain.charter.words import LANGUAGES, Vocabulary

LONGEST_TESTED: Final = 1_000
"""Patterns are searched in this much of a sentence; nobody writes longer ones."""

_K = TypeVar("_K")
_V = TypeVar("_V")


def lowered(text: str) -> str:
    """Text as patterns want it: in lower case, with straight quotes, and not too long."""
    return text[:LONGEST_TESTED].lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def _any_of(pick: Callable[[Vocabulary], str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pick(words)})" for words in LANGUAGES))


def _pairs(pick: Callable[[Vocabulary], Iterable[tuple[_K, str]]]) -> tuple[tuple[_K, re.Pattern[str]], ...]:
    return tuple((key, re.compile(pattern)) for words in LANGUAGES for key, pattern in pick(words))


def _all(pick: Callable[[Vocabulary], Iterable[_V]]) -> frozenset[_V]:
    return frozenset(chain.from_iterable(pick(words) for words in LANGUAGES))


def _merged(pick: Callable[[Vocabulary], Mapping[str, _V]]) -> dict[str, _V]:
    return {key: value for words in reversed(LANGUAGES) for key, value in pick(words).items()}


def phrases(names: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


HEADINGS: Final[dict[str, Kind]] = {
    phrase: kind for words in reversed(LANGUAGES) for kind, names in words.sections.headings.items() for phrase in names
}
SEALED: Final = _all(lambda words: words.sections.sealed)
RECORDS: Final = _all(lambda words: words.sections.records)
FILLERS: Final = _all(lambda words: words.sections.fillers)
JOINS: Final = re.compile("|".join(re.escape(join) for words in LANGUAGES for join in words.sections.joins))
PREPOSITIONS: Final = _all(lambda words: words.sections.prepositions)
ATTRIBUTES: Final = _all(lambda words: words.sections.attributes)
GROUPERS: Final = _all(lambda words: words.sections.groupers)
TITLE_TERMS: Final = _all(lambda words: words.sections.titles)
TITLE: Final = re.compile(r"\b(?:" + phrases(TITLE_TERMS) + r")\b")
DOCUMENT_NAMES: Final = _all(lambda words: words.sections.document_names)
GROUP_NOUNS: Final = _all(lambda words: words.sections.group_nouns)

LEAD_INS: Final = _pairs(lambda words: words.statements.lead_ins)
AIM_LEAD_IN: Final = _any_of(lambda words: words.statements.aim_lead_in)
UNRELATED_LEAD_IN: Final = _any_of(lambda words: words.statements.unrelated_lead_in)

PURPOSE: Final = _any_of(lambda words: words.statements.purpose_signals)
SCOPE_OUT: Final = _any_of(lambda words: words.statements.scope_out_sentence)
NOT_SCOPE_OUT: Final = _any_of(lambda words: words.statements.not_scope_out)
MEMBERSHIP: Final = _any_of(lambda words: words.statements.membership_signals)
MEMBERSHIP_UNRELATED: Final = _any_of(lambda words: words.statements.membership_unrelated)
DUTY: Final = _any_of(lambda words: words.people.duty_signals)
LISTED: Final = _any_of(lambda words: words.people.listed)
AIM: Final = _any_of(lambda words: words.statements.aim_sentence)
POLICIES_AT_LARGE: Final = _any_of(lambda words: words.references.policies_at_large)
POLICY_NOUN: Final = _any_of(lambda words: words.references.policy_nouns)
DECISIONS: Final = _pairs(lambda words: words.statements.decision_signals)
DECISION_CONTEXT: Final = _any_of(lambda words: words.statements.decision_context)
OBLIGATION: Final = _any_of(lambda words: words.statements.obligation)
NO_OBLIGATION: Final = _any_of(lambda words: words.statements.no_obligation)
NEGATION: Final = _any_of(lambda words: words.statements.negation)
EXAMPLE: Final = _any_of(lambda words: words.statements.example)
ENDED: Final = _any_of(lambda words: words.meetings.ended)
UNTIL: Final = tuple(re.compile(words.meetings.until) for words in LANGUAGES)
MEETING_NOUN: Final = re.compile(r"\b(?:" + "|".join(words.meetings.meeting_nouns for words in LANGUAGES) + r")\b")
MEETING_VERB: Final = re.compile(r"\b(?:" + "|".join(words.meetings.meeting_verbs for words in LANGUAGES) + r")\b")
NOT_MEETING: Final = re.compile(r"\b(?:" + "|".join(words.meetings.not_meetings for words in LANGUAGES) + r")\b")
SPECIAL_MEETING: Final = _any_of(lambda words: words.meetings.special_meetings)
OWN_MEETING: Final = _any_of(lambda words: words.meetings.own_meetings)
ANOTHER_MEETS: Final = tuple(re.compile(words.meetings.another_meets) for words in LANGUAGES)
ANOTHER_GROUP: Final = _any_of(lambda words: words.meetings.another_groups)
MEETING_LABEL: Final = _any_of(lambda words: words.meetings.meeting_label)
PARTICULARS: Final = _merged(lambda words: words.times.meeting_labels)
ALL_TIMES: Final = tuple(re.compile(words.times.all_times_in, re.IGNORECASE) for words in LANGUAGES)
PAST: Final = _any_of(lambda words: words.statements.past)
MAY: Final = _any_of(lambda words: words.statements.may)
OPTIONAL: Final = _any_of(lambda words: words.statements.optional)

ROLE_WORDS: Final = _all(lambda words: words.people.role_words)
NOT_ROLES: Final = _all(lambda words: words.people.not_roles)
LEADER_WORDS: Final = _all(lambda words: words.people.leader_words)
NOT_LEADERS: Final = _all(lambda words: words.people.not_leaders)
LED_BY: Final = _any_of(lambda words: words.people.led_by)
FORMER: Final = _any_of(lambda words: words.people.former)
NAME_PARTICLES: Final = _all(lambda words: words.people.name_particles)
NOT_NAMES: Final = _all(lambda words: words.people.not_names)
ROLE_COLUMNS: Final = _all(lambda words: words.people.role_columns)
DUTY_COLUMNS: Final = _all(lambda words: words.people.duty_columns)
NAME_COLUMNS: Final = _all(lambda words: words.people.name_columns)
ROLE_OF_DUTIES: Final = tuple(re.compile(words.people.role_of_duties) for words in LANGUAGES)

QUARTERS: Final = _merged(lambda words: words.times.quarters)
MONTHS: Final = _merged(lambda words: words.times.months)
NOT_CHANNEL: Final = _any_of(lambda words: words.references.not_channels)
PLATFORMS: Final = _pairs(lambda words: words.references.platforms)
POLICIES: Final = _pairs(lambda words: words.references.policies)
PLACEHOLDER: Final = _any_of(lambda words: words.references.placeholder)
SHORT_PLACEHOLDER: Final = _any_of(lambda words: words.references.short_placeholder)
INSTRUCTION: Final = _any_of(lambda words: words.references.instruction)
BRACKET_PLACEHOLDER: Final = _any_of(lambda words: words.references.bracket_placeholder)
WHOLE_BRACKET_PLACEHOLDER: Final = _any_of(lambda words: words.references.whole_bracket_placeholder)
NOT_BRACKET_PLACEHOLDER: Final = _all(lambda words: words.references.not_bracket_placeholder)
OPEN_MINUTES: Final = _any_of(lambda words: words.references.open_minutes)
NOT_OPEN_MINUTES: Final = _any_of(lambda words: words.references.not_open_minutes)
CHATHAM_HOUSE: Final = _any_of(lambda words: words.references.chatham_house)
