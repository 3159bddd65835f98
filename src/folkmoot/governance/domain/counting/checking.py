"""Checking a record: does each stage follow from the one before, and the seats from the stages?

It looks at the record alone, not at ballots, and does not count: it is written apart from the methods, so that one
mistake does not hide another. What it finds are sentences; a right record has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.record import Action, Elected, Guarded, Pair, Result, Stage, Transferred, Why
from folkmoot.governance.domain.counting.ties import About

MOVING = (Method.SCOTTISH_STV, Method.IRV)
PAIRWISE = (Method.SCHULZE, Method.RANKED_PAIRS)


def check(result: Result) -> list[str]:
    """All that does not fit together, in sentences."""
    return [
        *_seats(result),
        *_first_stage(result),
        *(wrong for number in range(1, len(result.stages)) for wrong in _stage(result, number)),
        *(wrong for stage in result.stages for wrong in _elections(result, stage)),
        *_order(result),
        *_question(result),
    ]


def _question(result: Result) -> Iterator[str]:
    """What became of a question, from its answers."""
    if (verdict := result.verdict) is None or not result.stages:
        return
    totals = {name.strip().casefold(): votes for name, votes in result.stages[0].totals.items()}
    carried = verdict.there >= verdict.quorum and verdict.yes >= verdict.needed
    if (verdict.yes, verdict.there) != (totals.get("yes"), sum(totals.values())):
        yield "The answers are not those of the stage."
    if carried != (verdict.result == Outcome.CARRIED) or [n.strip().casefold() for n in result.elected] != [
        "yes" if carried else "no"
    ]:
        yield "What became of the question does not follow from the answers."


def _seats(result: Result) -> Iterator[str]:
    if len(result.elected) + len(result.holders) > result.seats:
        yield "More are elected than there are seats."
    told = [name for stage in result.stages for name in stage.elected]
    if sorted(told) != sorted(result.elected):
        yield "Those who are elected are not those whom the stages elected."
    gone = {name for stage in result.stages for name in stage.excluded}
    for name in result.elected:
        if name in gone or name in result.withdrawn or name not in result.candidates:
            yield f"{name} is elected and cannot be."


def _is_moving(result: Result) -> bool:
    return result.method in MOVING or result.method == Method.MEEK_STV


def _first_stage(result: Result) -> Iterator[str]:
    if not result.stages:
        yield "There is no stage."
    valid = (result.ballots - result.invalid) * 10**result.decimals
    if result.method == Method.SCOTTISH_STV:
        quota = (result.ballots - result.invalid) // (result.seats + 1) + 1
        if result.quota != quota * 10**result.decimals:
            yield "The quota is wrong."
    for stage in result.stages:
        if _is_moving(result) and sum(stage.totals.values()) + stage.exhausted + stage.lost != valid:
            yield f"Stage {stage.number} does not keep the number of votes."
        if result.method == Method.MEEK_STV and stage.quota != sum(stage.totals.values()) // (result.seats + 1) + 1:
            yield f"The quota of stage {stage.number} is wrong."


def _stage(result: Result, number: int) -> Iterator[str]:
    """A stage that moves votes, against the one before."""
    before, stage = result.stages[number - 1], result.stages[number]
    if stage.action is Action.EXCLUSION and stage.subject is not None:
        yield from _exclusion(result, before, stage, stage.subject)
    if result.method not in MOVING:
        return
    moved = [event for event in stage.events if isinstance(event, Transferred)]
    gained: dict[str | None, int] = {}
    for event in moved:
        gained[event.to] = gained.get(event.to, 0) + event.votes
    for name, total in stage.totals.items():
        if name != stage.subject and total != before.totals[name] + gained.get(name, 0):
            yield f"Stage {stage.number} gives {name} other votes than were transferred."
    if stage.exhausted != before.exhausted + gained.get(None, 0):
        yield f"Stage {stage.number} has other exhausted votes than were transferred."
    if not 0 <= stage.lost - before.lost <= sum(event.ballots for event in moved):
        yield f"Stage {stage.number} loses more than rounding can."
    seated = _seated(result, number)
    if any(name in seated and name not in result.holders for name in gained if name is not None):
        yield f"Stage {stage.number} transfers votes to somebody who is elected already."
    if stage.action is Action.SURPLUS and stage.subject is not None:
        over = [name for name in seated if before.totals[name] > (result.quota or 0)]
        if stage.subject not in over or any(before.totals[n] > before.totals[stage.subject] for n in over):
            yield f"Stage {stage.number} does not transfer the largest surplus."
        if stage.totals[stage.subject] != result.quota:
            yield f"Stage {stage.number} does not leave {stage.subject} the quota."


def _seated(result: Result, number: int) -> set[str]:
    """Who has a seat before the stage of this number (from 0)."""
    return {*result.holders, *(name for stage in result.stages[:number] for name in stage.elected)}


def _exclusion(result: Result, before: Stage, stage: Stage, subject: str) -> Iterator[str]:
    if stage.totals[subject] != 0:
        yield f"Stage {stage.number} leaves votes with {subject}, who is excluded."
    gone = {name for earlier in result.stages[: stage.number - 1] for name in earlier.excluded}
    seated = _seated(result, stage.number - 1)
    if subject in gone or subject in seated:
        yield f"Stage {stage.number} excludes {subject}, who does not stand any more."
    displaced = {event.name for event in result.displaced}
    standing = [n for n in result.candidates if n not in gone | seated | set(result.withdrawn)]
    kept = {event.name for event in stage.events if isinstance(event, Guarded)}.union(result.holders)
    lower = [n for n in standing if before.totals[n] < before.totals[subject] and n not in kept]
    if subject not in displaced and lower and not _was_tied(result, stage.number - 1, subject):
        yield f"Stage {stage.number} excludes {subject}, though {lower[0]} had fewer votes."


def _was_tied(result: Result, number: int, name: str) -> bool:
    return any(tie.about is About.EXCLUSION and tie.stage == number and tie.chosen == name for tie in result.ties)


def _elections(result: Result, stage: Stage) -> Iterator[str]:
    """Why those were elected whom a stage elected."""
    elected = [event for event in stage.events if isinstance(event, Elected)]
    for event in elected:
        if event.why is Why.QUOTA and stage.totals[event.name] < (stage.quota or 0):
            yield f"Stage {stage.number} elects {event.name}, who does not have the quota."
        is_majority = stage.totals[event.name] * 2 > sum(stage.totals.values())
        if event.why is Why.MAJORITY and result.method == Method.IRV and not is_majority:
            yield f"Stage {stage.number} elects {event.name}, who does not have a majority."
        if event.why is Why.LAST_SEATS:
            gone = {name for earlier in result.stages[: stage.number] for name in earlier.excluded}
            out = gone | {one.name for one in result.displaced} | set(result.withdrawn) | set(result.holders)
            if len(set(result.candidates) - out) > result.seats - len(result.holders):
                yield f"Stage {stage.number} elects {event.name}, though more are left than there are seats."
    votes = [event.votes for event in elected if event.why is not Why.ORDER]
    by_reason = [event.why for event in elected]
    if len(set(by_reason)) == 1 and votes != sorted(votes, reverse=True):
        yield f"Stage {stage.number} does not elect those with most votes first."


def _order(result: Result) -> Iterator[str]:
    """The order of pairwise methods, from the table of pairs; of those that add up, from the totals."""
    if result.method in PAIRWISE and result.pairs is not None and result.stages:
        above = _above(result, result.pairs)
        if [sorted(group) for group in result.order] != [sorted(group) for group in _by_number(above)]:
            yield "The order does not follow from the pairs."
    if result.method in (Method.PLURALITY, Method.APPROVAL, Method.SCORE) and result.stages:
        totals = result.stages[0].totals
        numbers = [totals[name] for group in result.order for name in group]
        if numbers != sorted(numbers, reverse=True):
            yield "The order does not follow from the totals."


def _above(result: Result, pairs: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """How many stand above each, found out in another way than the methods do."""
    names = list(pairs)
    if result.method == Method.SCHULZE:
        ways = _widest(pairs, names)
        return {b: sum(ways[i][j] > ways[j][i] for i in range(len(names))) for j, b in enumerate(names)}
    at = {name: number for number, name in enumerate(names)}
    locked = [(at[e.winner], at[e.loser]) for e in result.stages[0].events if isinstance(e, Pair) and e.counts]
    below = [0] * len(names)
    before: list[int] | None = None
    while below != before:
        before = list(below)
        for winner, loser in locked:
            below[winner] |= below[loser] | 1 << loser
    return {b: sum(bits >> at[b] & 1 for bits in below) for b in names}


def _widest(pairs: Mapping[str, Mapping[str, int]], names: list[str]) -> list[list[int]]:
    """The strongest way from each to each: over one more name in between, time after time."""
    ways = [[pairs[a][b] if a != b and pairs[a][b] > pairs[b][a] else 0 for b in names] for a in names]
    for middle, through in enumerate(ways):
        for start, row in enumerate(ways):
            first = row[middle]
            if first and start != middle:
                row[:] = [
                    old if old >= (new := first if first < second else second) else new
                    for old, second in zip(row, through, strict=True)
                ]
    for number, row in enumerate(ways):
        row[number] = 0
    return ways


def _by_number(above: Mapping[str, int]) -> list[list[str]]:
    return [[name for name in above if above[name] == number] for number in sorted(set(above.values()))]
