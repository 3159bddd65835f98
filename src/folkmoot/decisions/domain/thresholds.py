"""What a charter asks of a vote: how many have to take part, and how many have to agree, with the clause that says so.

Amounts are exact fractions. Where a charter is silent, the terms say so: `threshold_said` or `quorum_said` is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from folkmoot.decisions.domain.amounts import (
    HALF,
    LEADERS,
    SEATS,
    Amount,
    Matter,
    Of,
    SentenceRead,
    base_of,
    matter_of,
    read_sentence,
)


@dataclass(frozen=True)
class Said:
    """The sentence of the charter, its clause ("2.1") and that clause's permalink."""

    text: str
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Quorum:
    """How many have to take part: a share of those who count, or a number of them.

    `of_leaders`: only those who lead are counted. `more`: more than the share, not just as much.
    """

    share: Fraction | None = None
    count: int | None = None
    more: bool = False
    of_leaders: bool = False

    def needed(self, voters: int) -> int:
        """How many of so many voters have to take part."""
        return self.count if self.count is not None else least(self.share or Fraction(0), voters, more=self.more)


@dataclass(frozen=True)
class VotingTerms:
    """What a motion needs to be carried. `of_leaders`: the vote is among those who lead; `of_seats`: who hold seats.

    `consensus_said` is the sentence by which the group seeks consensus before it votes.
    """

    threshold: Fraction = HALF
    more: bool = True
    of: Of = Of.CAST
    of_leaders: bool = False
    of_seats: bool = False
    threshold_said: Said | None = None
    quorum: Quorum = Quorum(share=HALF)
    quorum_said: Said | None = None
    consensus_said: Said | None = None

    def needed(self, base: int) -> int:
        """How many have to approve out of a base of so many; at least one."""
        return max(1, least(self.threshold, base, more=self.more))


def least(share: Fraction, of: int, *, more: bool) -> int:
    """The smallest whole number that is at least this share of `of`, or more than it; never above `of`."""
    exact = share * of
    return min(of, floor(exact) + 1 if more else ceil(exact))


def voting_terms(rules: Iterable[Mapping[str, Any]], *, charter: bool = False) -> VotingTerms:
    """The terms of a vote by the sentences of a charter (its reading's `decision_rules`), in their order.

    With `charter` those for changing the charter come first, and the ordinary ones where it has none. Of several
    sentences on the same matter the first holds. What is silent takes the defaults: more than half of the votes
    cast, and half of all who have a vote taking part.
    """
    asked = (Matter.CHARTER, Matter.ANY) if charter else (Matter.ANY,)
    terms = VotingTerms()
    found: list[tuple[Matter, Said, SentenceRead]] = []
    for item in rules:
        text, rule = str(item.get("text") or ""), str(item.get("rule") or "")
        if text and rule != "term":
            said = Said(text, str(item.get("number") or ""), str(item.get("anchor") or ""))
            found.append((matter_of(text), said, read_sentence(text, rule)))
    for matter in asked:
        for about, said, read in found:
            if about != matter:
                continue
            if read.approve is not None and terms.threshold_said is None:
                terms = _with_threshold(terms, read.approve, said)
            if read.quorum is not None and terms.quorum_said is None:
                terms = _with_quorum(terms, read.quorum, said)
            if "consensus" in said.text.casefold() and terms.consensus_said is None:
                terms = replace(terms, consensus_said=said)
    if terms.of_leaders and terms.quorum_said is None:
        terms = replace(terms, quorum=Quorum(share=HALF, of_leaders=True))
    return terms


def _with_threshold(terms: VotingTerms, amount: Amount, said: Said) -> VotingTerms:
    share = amount.share if amount.share is not None else HALF
    return replace(
        terms,
        threshold=share,
        more=amount.more and share < 1,
        of=base_of(amount.words),
        of_leaders=bool(LEADERS.search(amount.words)),
        of_seats=bool(SEATS.search(amount.words)),
        threshold_said=said,
    )


def _with_quorum(terms: VotingTerms, amount: Amount, said: Said) -> VotingTerms:
    quorum = Quorum(amount.share, amount.count, amount.more, of_leaders=bool(LEADERS.search(amount.words)))
    return replace(terms, quorum=quorum, quorum_said=said)
