"""All methods by their names, and the one way to count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.irv import count_irv
from folkmoot.governance.domain.counting.marks import count_approval, count_plurality, count_score
from folkmoot.governance.domain.counting.meek import count_meek
from folkmoot.governance.domain.counting.ranked_pairs import count_ranked_pairs
from folkmoot.governance.domain.counting.record import (
    ANY_MAJORITY,
    NO_CAP,
    Asked,
    Cap,
    Patience,
    Recorder,
    Result,
    endless,
)
from folkmoot.governance.domain.counting.schulze import count_schulze
from folkmoot.governance.domain.counting.scottish import count_scottish
from folkmoot.governance.domain.counting.star import count_star
from folkmoot.governance.domain.counting.ties import About, Ties, settle, tries_for
from folkmoot.governance.domain.counting.yes_no import count_yes_no
from folkmoot.kit.errors import Refused


class Method(StrEnum):
    """How ballots are counted."""

    SCOTTISH_STV = "scottish-stv"
    MEEK_STV = "meek-stv"
    IRV = "irv"
    SCHULZE = "schulze"
    RANKED_PAIRS = "ranked-pairs"
    APPROVAL = "approval"
    SCORE = "score"
    STAR = "star"
    PLURALITY = "plurality"
    YES_NO = "yes-no"


@dataclass(frozen=True)
class _Kind:
    """How a method is called in a sentence, what counts by it, if it fills one seat alone, if it compares pairs."""

    words: str
    count: Callable[[Recorder], None]
    one_seat: bool = False
    pairwise: bool = False


METHODS: Final[Mapping[Method, _Kind]] = {
    Method.SCOTTISH_STV: _Kind("Scottish STV", count_scottish),
    Method.MEEK_STV: _Kind("Meek STV", count_meek),
    Method.IRV: _Kind("Instant run-off", count_irv, one_seat=True),
    Method.SCHULZE: _Kind("The Schulze method", count_schulze, pairwise=True),
    Method.RANKED_PAIRS: _Kind("Ranked pairs", count_ranked_pairs, pairwise=True),
    Method.APPROVAL: _Kind("Approval voting", count_approval),
    Method.SCORE: _Kind("Score voting", count_score),
    Method.STAR: _Kind("STAR voting", count_star),
    Method.PLURALITY: _Kind("Plurality", count_plurality),
    Method.YES_NO: _Kind("Yes or no", count_yes_no, one_seat=True),
}


@dataclass(frozen=True)
class Rules:
    """How an election is counted, fixed before its ballots are.

    `terms` are the years of each seat, for whoever is elected first, second…; empty where all are alike. `draw` are all
    candidates in the order of a draw that was held.
    """

    method: Method
    seats: int
    cap: Cap = NO_CAP
    terms: tuple[int, ...] = ()
    seed: str | None = None
    draw: tuple[str, ...] = ()
    unranked_last: bool = False
    """For pairwise methods: whether those whom a ballot leaves out are taken as its last, not as left out."""
    asked: Asked = ANY_MAJORITY
    """For yes and no: what the question needs."""


def count(ballots: Ballots, rules: Rules, *, holders: Collection[str] = (), patience: Patience = endless) -> Result:
    """Count the ballots by the rules.

    `holders` keep their seats, see `vacancies`. Refused where the rules do not fit the ballots, and by `patience`.
    """
    _check(ballots, rules)
    kind = METHODS[rules.method]
    last: list[Recorder] = []

    def once(ties: Ties) -> Result:
        recorder = Recorder(
            method=rules.method.value,
            ballots=ballots,
            seats=rules.seats,
            ties=ties,
            cap=rules.cap,
            holders=tuple(holders),
            unranked_last=rules.unranked_last,
            asked=rules.asked,
            patience=patience,
        )
        if not last:
            last.append(recorder)
        kind.count(recorder)
        return _with_terms(recorder.result(), rules, ties)

    settled = settle(once, _outcome, seed=rules.seed, draw=rules.draw, most=tries_for(len(ballots.candidates)))
    result, tie = settled
    return result if result is not None else last[0].result(tie)


def _outcome(result: Result) -> object:
    """What must be the same for a tie to make no difference."""
    return frozenset(result.elected), tuple(sorted(result.terms.items()))


def _check(ballots: Ballots, rules: Rules) -> None:
    standing = ballots.names
    if not standing:
        raise Refused("All candidates have withdrawn.", code="no_candidates")
    if not 1 <= rules.seats <= len(ballots.candidates):
        raise Refused(
            f"{rules.seats} seats cannot be filled from {len(ballots.candidates)} candidates.", code="wrong_seats"
        )
    if METHODS[rules.method].one_seat and rules.seats > 1:
        words = METHODS[rules.method].words
        raise Refused(f"{words} fills one seat. For several there is {Method.SCOTTISH_STV.value}.", code="one_seat")
    if rules.method is Method.YES_NO and (rules.terms or rules.cap.affiliations or ballots.withdrawn):
        raise Refused("A question has no terms, affiliations or withdrawals.", code="no_election")
    if rules.terms and len(rules.terms) != rules.seats:
        raise Refused(f"{len(rules.terms)} terms are given for {rules.seats} seats.", code="wrong_terms")
    if rules.draw and set(rules.draw) != set(ballots.candidates):
        raise Refused("The draw has to name every candidate once.", code="wrong_draw")
    if rules.cap.affiliations and rules.cap.most < 1:
        raise Refused("A cap is at least 1.", code="wrong_cap")


def _with_terms(result: Result, rules: Rules, ties: Ties) -> Result:
    """Give each seat its term: the first elected the first. Equals at the edge of two lengths are a tie."""
    if not rules.terms:
        return result
    order: list[str] = []
    for group in _groups(result):
        left = list(group)
        while left:
            ahead = rules.terms[len(order) : len(order) + len(left)]
            chosen = left[0] if len(set(ahead)) == 1 else ties.choose(left, About.TERM)
            order.append(chosen)
            left.remove(chosen)
    return replace(
        result, elected=tuple(order), ties=tuple(ties.met), terms=dict(zip(order, rules.terms, strict=False))
    )


def _groups(result: Result) -> Sequence[Sequence[str]]:
    """The elected in their order, equals together."""
    together = [[name for name in result.elected if name in group] for group in result.order]
    return [group for group in together if group]
