"""Filling a seat that became empty, from the ballots of the election itself.

The ballots are counted again as if those who left had never stood. Everybody else who was elected keeps their seat:
they are not excluded, and no newcomer takes it from them; whoever is elected beside them takes the empty seat.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.methods import Rules, count
from folkmoot.governance.domain.counting.record import Patience, Result, endless
from folkmoot.kit.errors import Refused


def fill_vacancies(
    ballots: Ballots, rules: Rules, first: Result, vacated: Collection[str], *, patience: Patience = endless
) -> Result:
    """Who takes the seats of those who left, by the same rules. The newcomers have the terms of the seats they take.

    `first` is the count of the election. Refused for names that it did not elect, or where it stopped at a tie.
    """
    if first.open_tie is not None:
        raise Refused("The election itself stopped at a tie, so nobody can be replaced.", code="open_tie")
    for name in vacated:
        if name not in first.elected:
            raise Refused(f"“{name}” was not elected, so there is no seat to fill.", code="not_elected")
    holders = [name for name in first.elected if name not in vacated]
    result = count(ballots.without(vacated), replace(rules, terms=()), holders=holders, patience=patience)
    years = [first.terms[name] for name in first.elected if name in vacated and name in first.terms]
    return replace(result, terms=dict(zip(result.elected, years, strict=False)))
