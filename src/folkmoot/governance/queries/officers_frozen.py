"""Of what the freeze of an election consists, from the rows; and whether they still say what was frozen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from folkmoot.governance.domain.freezing import FrozenContest, FrozenElection, FrozenOfficer, frozen_hash, roll_hash
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.officers import ElectionOfficer


def rules_of(contest: Contest) -> dict[str, Any]:
    """What else is said of the count, with the cap of one affiliation where there is one."""
    rules = dict(contest.rules)
    if contest.most_of_one is not None:
        rules["cap"] = contest.most_of_one
    return rules


def contest_as_frozen(contest: Contest, candidates: Sequence[Nomination], affiliations: Iterable[str]) -> FrozenContest:
    """A contest with its candidates in the frozen order; their affiliations count only where there is a cap."""
    return FrozenContest(
        title=contest.title,
        method=contest.method,
        places=contest.places,
        candidates=tuple(candidate.ballot_name for candidate in candidates),
        rules=rules_of(contest),
        affiliations=tuple(affiliations) if contest.most_of_one is not None else (),
        publishes_all=contest.publishes_all,
    )


def whole_text(
    election: Election,
    officers: Sequence[tuple[str, ElectionOfficer]],
    contests: Sequence[FrozenContest],
    *,
    group: str,
    voters: int,
    roll: str,
) -> str:
    """The text that is hashed, once the instants are set; `officers` are names and rows, in the order of sealing."""
    assert election.opens_at is not None
    assert election.closes_at is not None
    assert election.accepts_until is not None
    return FrozenElection(
        title=election.title,
        group=group,
        zone=election.zone,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        accepts_until=election.accepts_until,
        needed=election.needed,
        is_final=election.is_final,
        officers=tuple(FrozenOfficer(name, row.key.opening, row.key.signing) for name, row in officers),
        contests=tuple(contests),
        voters=voters,
        roll=roll,
    ).text()


def what_differs(election: Election) -> list[str]:
    """Which parts of what was frozen the rows no longer say, by their names in the text; `hash` where the text itself
    is not the one of its hash. Empty as it should be.

    How people and groups are called is not compared: they may change their names.
    """
    found = [] if frozen_hash(election.frozen) == election.frozen_hash else ["hash"]
    try:
        frozen = json.loads(election.frozen)
        now = json.loads(_as_rows_say(election, frozen))
    except (ValueError, KeyError, TypeError, AssertionError):
        return [*found, "text"]
    return [*found, *(name for name in frozen if frozen[name] != now.get(name))]


def _as_rows_say(election: Election, frozen: dict[str, Any]) -> str:
    sealed_to = election.officers.filter(place__isnull=False, key__isnull=False).select_related("key").order_by("place")
    names = [str(officer["name"]) for officer in frozen["officers"]]
    rows = list(sealed_to)
    names += [""] * (len(rows) - len(names))
    lines = list(election.voters.values_list("line", flat=True))
    contests = []
    for number, contest in enumerate(election.contests.prefetch_related("nominations")):
        placed = [one for one in contest.nominations.all() if one.place is not None]
        placed.sort(key=lambda one: one.place or 0)
        known = frozen["contests"][number]["affiliations"] if number < len(frozen["contests"]) else ()
        contests.append(contest_as_frozen(contest, placed, known))
    return whole_text(
        election,
        list(zip(names, rows, strict=False)),
        contests,
        group=str(frozen["group"]),
        voters=len(lines),
        roll=roll_hash(lines, bytes.fromhex(election.nonce)),
    )
