"""Instant run-off: who has fewest votes is excluded, until somebody has more than half of the votes that still count.

Ballots go to the next candidate whom they name; left out numbers are closed up, equal preferences have no rule and are
refused. Ties by the latest earlier stage at which the votes differed, then by the rules of the count.
"""

from __future__ import annotations

from folkmoot.governance.domain.counting.packed import Bits, Packed, pack
from folkmoot.governance.domain.counting.record import Action, Recorder, Transferred, Why
from folkmoot.governance.domain.counting.transfers import displaced_next, exclude, lowest, refuse_equals


def count_irv(recorder: Recorder) -> None:
    """Count into the recorder."""
    names = recorder.ballots.candidates
    packed = pack(recorder.ballots)
    refuse_equals(recorder.ballots, packed, "Instant run-off")
    standing = list(recorder.ballots.standing)
    piles, silent = packed.split(packed.everyone, standing)
    recorder.invalid = packed.weigh(silent)
    totals = {name: packed.weigh(piles.get(c, 0)) for c, name in enumerate(names)}
    exhausted = 0
    recorder.close(Action.FIRST_PREFERENCES, None, totals)
    while recorder.vacancies:
        out = displaced_next(recorder, [names[c] for c in standing])
        free = [name for c in standing if (name := names[c]) not in out and name not in recorder.holders]
        counting = sum(totals.values())
        ahead = [name for name in free if totals[name] * 2 > counting]
        if ahead or len(free) <= 1:
            recorder.seat(ahead or free, totals, Why.MAJORITY if ahead else Why.LAST_SEATS)
            return
        loser = lowest(recorder, out or free, totals, 0 if out else 1)
        candidate = names.index(loser)
        standing.remove(candidate)
        exclude(recorder, loser, totals[loser])
        exhausted += _move(recorder, packed, piles, totals, standing, candidate)
        recorder.close(Action.EXCLUSION, loser, totals, exhausted)


def _move(
    recorder: Recorder, packed: Packed, piles: dict[int, Bits], totals: dict[str, int], standing: list[int], source: int
) -> int:
    """Move the ballots of one candidate on; how many of them name nobody else."""
    names = recorder.ballots.candidates
    found, ended = packed.split(piles.pop(source, 0), standing)
    totals[names[source]] = 0
    for candidate, rows in sorted(found.items()):
        votes = packed.weigh(rows)
        piles[candidate] = piles.get(candidate, 0) | rows
        totals[names[candidate]] += votes
        recorder.events.append(Transferred(names[source], names[candidate], votes, votes))
    lost = packed.weigh(ended)
    if lost:
        recorder.events.append(Transferred(names[source], None, lost, lost))
    return lost
