"""How decisions are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.model import DecisionRule, Kind, RuleOfDecision
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import Reading, is_placeholder, units
from folkmoot.groups.domain.charter.text import Words

SHORTEST: Final = 2

# A majority or a consensus is meant only where the talk is of decisions.
_NEED_CONTEXT: Final = frozenset(["majority", "supermajority", "consensus", "unanimity"])
# What is said of these groups' own work is no rule.
_NOT_RULES: Final = (
    Kind.SCOPE,
    Kind.SCOPE_OUT,
    Kind.OBJECTIVES,
    Kind.ANNUAL_ACTIVITIES,
    Kind.ACTIVITIES,
    Kind.RESOURCES,
)


def find_decision_rules(reading: Reading) -> tuple[DecisionRule, ...]:
    """The sentences that set a majority, a quorum, consensus or terms of office."""
    found: dict[tuple[int, str], DecisionRule] = {}
    for passage in reading.unsealed():
        if passage.about(*_NOT_RULES):
            continue
        if passage.lead is not None and lexicon.EXAMPLE.search(lexicon.lowered(passage.lead.text)):
            continue
        told = [rule for words in units(passage.blocks) for rule in _rules(words, passage)]
        for rule in told or _named_rules(reading, passage):
            found.setdefault((rule.lines.first, rule.text or ""), rule)
    return tuple(sorted(found.values(), key=lambda rule: rule.lines.first))


def _named_rules(reading: Reading, passage: Passage) -> Iterator[DecisionRule]:
    """The rule that a label or heading names and the first words below state: "**Quorum** – Half of us"."""
    part = reading.part(passage)
    if not passage.about(Kind.DECISIONS):
        return
    name = passage.label.text.rstrip(" :") if passage.label is not None else part.name
    first = next((words for words in units(passage.blocks) if words), None)
    if first is None or is_placeholder(first.text) or first.text.endswith((":", "?")):
        return
    low = lexicon.lowered(name)
    for rule, pattern in lexicon.DECISIONS:
        if pattern.search(low):
            stated = first.sentences()[0]
            if lexicon.NEGATION.match(lexicon.lowered(stated.text)) or lexicon.EXAMPLE.search(low):
                return
            yield DecisionRule(rule=cast(RuleOfDecision, rule), text=f"{name}: {stated.text}", lines=stated.lines)
            return


def _rules(words: Words, passage: Passage) -> Iterator[DecisionRule]:
    low = lexicon.lowered(words.text) if len(words.text) < lexicon.LONGEST_TESTED else words.text.lower()
    if not any(pattern.search(low) for _, pattern in lexicon.DECISIONS):
        return
    for sentence in words.sentences():
        low = lexicon.lowered(sentence.text)
        if low.endswith("?") or len(low.split()) < SHORTEST or is_placeholder(low):
            continue
        decides = passage.about(Kind.DECISIONS) or bool(lexicon.DECISION_CONTEXT.search(low))
        for rule, pattern in lexicon.DECISIONS:
            hit = pattern.search(low)
            if hit is None or (rule in _NEED_CONTEXT and not decides):
                continue
            if lexicon.EXAMPLE.search(low) or _is_negated(low, hit.start()):
                break
            yield DecisionRule(rule=cast(RuleOfDecision, rule), text=sentence.text, lines=sentence.lines)
            break


def _is_negated(low: str, at: int) -> bool:
    """Whether the clause before the hit denies it: "no quorum is required"."""
    clause = low[max(0, at - 40) : at]
    for mark in (",", ";", ":", "(", " but ", " if ", " when ", " that "):
        clause = clause.rpartition(mark)[2]
    return bool(lexicon.NEGATION.search(clause))
