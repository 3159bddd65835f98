"""Recurrence: the rule of a series, its days and instants, its RFC 5545 form, and its words."""

from __future__ import annotations

from folkmoot.kit.recurrence.expand import Occurrence, aligned, dates, occurrences
from folkmoot.kit.recurrence.rrule import parse_rrule, to_rrule
from folkmoot.kit.recurrence.rule import LARGEST_INTERVAL, MOST_REPEATS, Freq, Rule
from folkmoot.kit.recurrence.words import LANGUAGES, Parts, parts, words

__all__ = [
    "LANGUAGES",
    "LARGEST_INTERVAL",
    "MOST_REPEATS",
    "Freq",
    "Occurrence",
    "Parts",
    "Rule",
    "aligned",
    "dates",
    "occurrences",
    "parse_rrule",
    "parts",
    "to_rrule",
    "words",
]
