"""Methods that add up marks: plurality, approval and score.

Plurality counts the candidate whom a ballot prefers; equal first preferences have no rule and are refused. Approval
counts who is named in a file of preferences, or marked 1 and not 0. Score adds up the numbers; no opinion adds
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from folkmoot.governance.domain.counting.ballots import NO_VALUE, Direction
from folkmoot.governance.domain.counting.packed import pack
from folkmoot.governance.domain.counting.record import Action, Recorder, Why
from folkmoot.kit.errors import Refused


def count_plurality(recorder: Recorder) -> None:
    """Count first preferences into the recorder."""
    ballots, packed = recorder.ballots, pack(recorder.ballots)
    found, silent = packed.split(packed.everyone, ballots.standing)
    once = twice = 0
    for rows in found.values():
        twice |= once & rows
        once |= rows
    if twice:
        raise Refused(
            f"Plurality has no rule for ballots that prefer several candidates equally; there are "
            f"{packed.weigh(twice)} of them.",
            code="equal_preferences",
        )
    recorder.invalid = packed.weigh(silent)
    totals = {name: packed.weigh(found.get(c, 0)) for c, name in enumerate(ballots.candidates)}
    _seat(recorder, Action.FIRST_PREFERENCES, totals)


def count_approval(recorder: Recorder) -> None:
    """Count approvals into the recorder."""
    ballots = recorder.ballots
    if ballots.values is None:
        values = [[1 if place else NO_VALUE for place in column] for column in ballots.columns]
    else:
        values = [list(column) for column in ballots.values]
        wrong = {value for column in values for value in column} - {0, 1, NO_VALUE}
        if wrong:
            raise Refused(
                f"Approval voting needs 1 for who is approved of and 0 or nothing for others; there is {min(wrong)}.",
                code="not_approvals",
            )
    totals = {
        name: sum(weight for value, weight in zip(column, ballots.weights, strict=True) if value == 1)
        for name, column in zip(ballots.candidates, values, strict=True)
    }
    _seat(recorder, Action.SCORES, totals)


def count_score(recorder: Recorder) -> None:
    """Count scores into the recorder."""
    _seat(recorder, Action.SCORES, scores(recorder, "Score voting"))


def scores(recorder: Recorder, method: str) -> dict[str, int]:
    """The sum of what each candidate was given. Refused for files without numbers of which the higher is better."""
    ballots = recorder.ballots
    if ballots.values is None or ballots.direction is not Direction.HIGHER:
        raise Refused(
            f"{method} needs a number for each candidate, of which the higher is better (--higher-is-better).",
            code="no_scores",
        )
    return {
        name: sum(value * weight for value, weight in zip(column, ballots.weights, strict=True) if value > 0)
        for name, column in zip(ballots.candidates, ballots.values, strict=True)
    }


def _seat(recorder: Recorder, action: Action, totals: Mapping[str, int]) -> None:
    """Seat those with the most."""
    recorder.close(action, None, totals)
    standing = recorder.ballots.names
    recorder.order = [tuple(group) for group in recorder.by_votes(standing, totals)]
    free = [[name for name in group if name not in recorder.holders] for group in recorder.order]
    recorder.seat_groups(free, totals, Why.ORDER)
