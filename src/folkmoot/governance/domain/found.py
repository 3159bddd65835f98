"""From the rankings that officers found in envelopes to a file of ballots with its rules, as `given` counts them. Pure.

A ranking is one number for each candidate in the frozen order: 0 for no opinion, else the rank. For methods that add up
numbers (score, STAR) it is the mark itself, of which the higher is better; for those that count who is named, 1 is who
is. Ties are broken by the hash of what was frozen before the vote, which nobody could choose.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from folkmoot.governance.domain.counting.ballots import NO_VALUE, Ballots, from_rows, from_values, named, places_of
from folkmoot.governance.domain.counting.files.blt import write_blt
from folkmoot.governance.domain.counting.methods import Method, count
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.freezing import frozen_hash
from folkmoot.governance.domain.given import Given, count_given, given_from_json
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name

ADDING: Final = (Method.SCORE, Method.STAR)

Ranks = Sequence[int]


def contest_in(frozen: str, number: int) -> dict[str, Any]:
    """Contest `number` (from 0) of a frozen election. Refused `not_frozen` where there is none."""
    try:
        contest = json.loads(frozen)["contests"][number]
        if not isinstance(contest, dict) or not contest["candidates"]:
            raise KeyError
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused("This is no contest of a frozen election.", code="not_frozen") from None
    return contest


def file_names(candidates: Sequence[str]) -> tuple[str, ...]:
    """How candidates are called in a file of ballots: without double quotation marks, which end a name there."""
    return named(plain_name(name).replace('"', "'") for name in candidates)


def ballots_of(rankings: Sequence[Ranks], candidates: Sequence[str], method: Method, *, title: str = "") -> Ballots:
    """Rankings as ballots. Refused `no_ranking` for one that is none of these candidates."""
    names, size = file_names(candidates), len(candidates)
    for ranks in rankings:
        if len(ranks) != size or not all(isinstance(rank, int) and 0 <= rank <= size for rank in ranks):
            raise Refused("A ranking does not fit these candidates.", code="no_ranking")
    times = Counter(tuple(ranks) for ranks in rankings)
    heading = plain_name(title).replace('"', "'")
    if method in ADDING:
        marks = {tuple(mark or NO_VALUE for mark in row): often for row, often in times.items()}
        return from_values(names, marks, higher_is_better=True, title=heading)
    rows: Counter[bytes] = Counter()
    for row, often in times.items():
        rows[places_of([rank or NO_VALUE for rank in row], higher_is_better=False)] += often
    return from_rows(names, rows, title=heading)


def written(ballots: Ballots, seats: int) -> bytes:
    """Ballots as the text of a file: BLT, or JSON of our own where they have numbers."""
    if ballots.values is None:
        return write_blt(replace(ballots, seats=seats)).encode()
    scored = [
        {
            "scores": {
                name: column[row]
                for name, column in zip(ballots.candidates, ballots.values, strict=True)
                if column[row] != NO_VALUE
            },
            "weight": weight,
        }
        for row, weight in enumerate(ballots.weights)
    ]
    data = {"title": ballots.title, "seats": seats, "candidates": list(ballots.candidates), "ballots": scored}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def rules_for(frozen: str, number: int, *, withdrawn: Sequence[int] = (), terms: Sequence[int] = ()) -> dict[str, Any]:
    """How contest `number` is counted, as `given.rules_to_json` writes it; what was frozen goes before what is said.

    `withdrawn` are places of candidates who left the race after the freeze.
    """
    contest = contest_in(frozen, number)
    names, said = file_names(contest["candidates"]), dict(contest.get("rules") or {})
    data: dict[str, Any] = {
        "method": contest["method"],
        "seats": min(int(contest["places"]), len(names)),
        "higher_is_better": False,
        "cap": None,
        "terms": list(terms) if len(terms) == min(int(contest["places"]), len(names)) else [],
        "seed": frozen_hash(frozen),
        "draw": [],
        "unranked_last": False,
        "vacated": [],
    }
    frozen_rules = ("cap", "terms", "seed", "draw", "unranked_last")
    data.update((key, said[key]) for key in frozen_rules if said.get(key))
    if not _affiliated(contest):
        data["cap"] = None
    data["withdrawn"] = [names[place] for place in withdrawn]
    if data["method"] == Method.YES_NO:
        question = {
            "threshold": "1/2",
            "more": True,
            "of": "cast",
            "quorum": None,
            "quorum_count": 0,
            "quorum_more": False,
            **(said.get("question") or {}),
        }
        if question.get("members") is None:
            question["members"] = json.loads(frozen).get("voters")
        data["question"] = question
    return data


def affiliations_file(frozen: str, number: int, rules: Mapping[str, Any]) -> bytes | None:
    """For whom candidates speak, where there is a cap."""
    contest = contest_in(frozen, number)
    if rules["cap"] is None:
        return None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["candidate", "affiliation"])
    for name, affiliation in zip(file_names(contest["candidates"]), contest["affiliations"], strict=True):
        if affiliation:
            writer.writerow([name, affiliation])
    return text.getvalue().encode()


def counted_twice(ballots: Ballots, rules: Mapping[str, Any], affiliations: bytes | None) -> tuple[Given, Result]:
    """Count the ballots at hand, then those that are read back from the file; Refused `count_differs` where the two
    are not the same in everything.
    """
    given = given_from_json(rules, written(ballots, int(rules["seats"])), affiliations)
    first = count(ballots.without(given.withdrawn), given.rules)
    _, again = count_given(given)
    if first != again:
        raise Refused(
            "Counted twice, these ballots brought two results. Nothing was written; please tell who runs Folkmoot.",
            code="count_differs",
        )
    return given, again


def not_as_frozen(frozen: str, number: int, rules: Mapping[str, Any]) -> list[str]:
    """Which of the rules of a count are others than were frozen. Who withdrew is said after the freeze, and so is the
    length of terms where it comes from the seats.
    """
    try:
        names = file_names(contest_in(frozen, number)["candidates"])
        withdrawn = [names.index(name) for name in rules["withdrawn"]]
        meant = rules_for(frozen, number, withdrawn=withdrawn, terms=rules["terms"])
    except (Refused, ValueError, KeyError, TypeError, AttributeError):
        return ["rules"]
    return [key for key in {**meant, **rules} if key not in meant or key not in rules or meant[key] != rules[key]]


def _affiliated(contest: Mapping[str, Any]) -> bool:
    return any(contest.get("affiliations") or ())
