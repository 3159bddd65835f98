"""Yes, no or abstain on one question: who has to take part, and how many have to agree.

The candidates are Yes and No, and Abstain if the ballots have it. A ballot says one of them, as its first preference.
The arithmetic of quorum and thresholds is that of `decisions`, exact fractions.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.tally import Counts, outcome
from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.decisions.domain.thresholds import Quorum, VotingTerms
from folkmoot.governance.domain.counting.ballots import same_person
from folkmoot.governance.domain.counting.packed import pack
from folkmoot.governance.domain.counting.record import Action, Recorder, Verdict, Why
from folkmoot.kit.errors import Refused

ANSWERS: Final = ("yes", "no", "abstain")
_AMOUNT: Final = re.compile(r"(>?)\s*(?:([0-9]{1,6})\s*/\s*([1-9][0-9]{0,5})|([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%)")


def amount(text: str) -> tuple[Fraction, bool]:
    """A share such as `2/3` or `66.6 %`; with `>` in front, more than it. Refused where it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise Refused(f"“{text}” is no share such as 2/3, 60% or >1/2.", code="wrong_share")
    more, above, below, percent = found.groups()
    share = Fraction(int(above), int(below)) if above else Fraction(percent) / 100
    if not 0 <= share <= 1:
        raise Refused(f"“{text}” is more than everybody.", code="wrong_share")
    return share, bool(more)


def quorum_of(text: str) -> Quorum:
    """How many take part at least: a number, or a share of the members."""
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return Quorum(count=int(text))
    share, more = amount(text)
    return Quorum(share=share, more=more)


def count_yes_no(recorder: Recorder) -> None:
    """Count the answers into the recorder, which seats Yes where it is carried, and No where it is not."""
    asked = recorder.asked
    names = _answers(recorder.ballots.candidates)
    ballots = recorder.ballots
    packed = pack(ballots)
    standing = ballots.standing
    first, silent = packed.split(packed.everyone, standing)
    several = 0
    for place, rows in first.items():
        others = 0
        for other, more in first.items():
            others |= more if other != place else 0
        several |= rows & others
    for place in range(2, packed.last_place + 1):
        for candidate in standing:
            several |= packed.at[candidate].get(place, 0)
    numbers = {ballots.candidates[place]: packed.weigh(rows & ~several) for place, rows in first.items()}
    recorder.invalid = packed.weigh(silent | several)
    recorder.close(Action.SCORES, None, numbers)
    given = {answer: numbers.get(name, 0) for answer, name in names.items()}
    there = sum(given.values())
    members = asked.members
    if members is None:
        if asked.of is Of.VOTERS or asked.quorum.share:
            raise Refused("A share of the members needs to know how many they are.", code="no_members")
        members = there
    if there > members:
        raise Refused(f"{there} answered, more than the {members} members.", code="too_many_answers")
    counts = Counts(given["yes"], given["no"], abstain=given.get("abstain", 0), silent=members - there)
    terms = VotingTerms(threshold=asked.threshold, more=asked.more, of=asked.of, quorum=asked.quorum)
    tally = outcome(counts, terms, advisory=Counts(), quorum_of=members, quorum_there=there)
    chosen = names["yes" if tally.result is Outcome.CARRIED else "no"]
    recorder.seat_groups([[chosen]], {**dict.fromkeys(ballots.candidates, 0), **numbers}, Why.ORDER)
    recorder.order = [(chosen,)]
    recorder.verdict = Verdict(tally.result, counts.approve, tally.base, tally.needed, there, tally.quorum_needed)


def _answers(candidates: tuple[str, ...]) -> dict[str, str]:
    """Which candidate is which answer."""
    found = {same_person(name): name for name in candidates}
    if not {"yes", "no"} <= found.keys() <= set(ANSWERS):
        raise Refused(
            "A question has the candidates Yes and No, and may have Abstain; this file has others.", code="no_question"
        )
    return found
