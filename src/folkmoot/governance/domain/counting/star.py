"""STAR: score, then an automatic run-off between the two with the highest totals.

Equal totals are parted by who is preferred to more of the equals, then by how often each was given the highest
number of all. An equal run-off goes to the higher total, then in the same way. Several seats are filled one after
the other, each by a count among those who are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from folkmoot.governance.domain.counting.ballots import by_name
from folkmoot.governance.domain.counting.marks import scores
from folkmoot.governance.domain.counting.pairwise import Pairs, pairs_of
from folkmoot.governance.domain.counting.record import Action, Pair, Recorder, Why
from folkmoot.governance.domain.counting.ties import About, By


def count_star(recorder: Recorder) -> None:
    """Count into the recorder."""
    totals = scores(recorder, "STAR voting")
    pairs = pairs_of(recorder)
    top = _top_marks(recorder)
    recorder.close(Action.SCORES, None, totals)
    left = [name for name in by_name(recorder.ballots.names) if name not in recorder.holders]
    while recorder.vacancies and left:
        winner = _round(recorder, left, totals, pairs, top)
        left.remove(winner)
        seated = recorder.seat_groups([[winner]], totals, Why.MAJORITY)
        recorder.order += seated
    for group in recorder.by_votes([name for name in recorder.ballots.names if name not in recorder.elected], totals):
        recorder.order.append(tuple(group))


def _round(
    recorder: Recorder, left: Sequence[str], totals: Mapping[str, int], pairs: Pairs, top: Mapping[str, int]
) -> str:
    """Who wins the run-off of the two highest among those who are left; it is a stage of its own."""
    finalists: list[str] = []
    while len(finalists) < min(2, len(left)):
        waiting = [name for name in left if name not in finalists]
        most = max(totals[name] for name in waiting)
        tied = [name for name in waiting if totals[name] == most]
        wins = {a: sum(a != b and pairs[a][b] > pairs[b][a] for b in tied) for a in tied}
        steps = [(By.HEAD_TO_HEAD, wins), (By.TOP_MARKS, top)]
        free = len(tied) <= 2 - len(finalists)
        finalists.append(
            tied[0] if free else recorder.ties.choose(tied, About.RUNOFF, stage=recorder.number, steps=steps)
        )
    if len(finalists) == 1:
        first, votes = finalists[0], {finalists[0]: 0}
    else:
        a, b = finalists
        votes = {a: pairs[a][b], b: pairs[b][a]}
        most = max(votes.values())
        tied = [name for name in finalists if votes[name] == most]
        steps = [(By.TOTAL, totals), (By.TOP_MARKS, top)]
        first = recorder.ties.choose(tied, About.SEAT, stage=recorder.number, steps=steps)
        second = b if first == a else a
        recorder.events.append(Pair(first, second, votes[first], votes[second]))
    recorder.close(Action.RUNOFF, None, votes)
    return first


def _top_marks(recorder: Recorder) -> dict[str, int]:
    """How often each candidate was given the highest number that anybody gave."""
    ballots = recorder.ballots
    columns = ballots.values or ()
    highest = max((value for column in columns for value in column), default=0)
    return {
        name: sum(weight for value, weight in zip(column, ballots.weights, strict=True) if value == highest)
        for name, column in zip(ballots.candidates, columns, strict=True)
    }
