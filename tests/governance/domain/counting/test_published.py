"""Published elections, counted again to the last digit. Their files are not ours; without them, this is skipped."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.files import read_ballots
from folkmoot.governance.domain.counting.methods import Method, Rules, count
from folkmoot.governance.domain.counting.others import Change, others
from folkmoot.governance.domain.counting.record import Cap
from folkmoot.governance.domain.counting.story import exact

FOUND = [parent / "shared" / "elections" for parent in Path(__file__).parents]
ELECTIONS = next((folder for folder in FOUND if folder.is_dir()), None)

pytestmark = pytest.mark.skipif(ELECTIONS is None, reason="the published elections are not here")


def ballots_of(name: str):
    assert ELECTIONS is not None
    return read_ballots((ELECTIONS / name).read_bytes())


def official(identity: str) -> dict:
    assert ELECTIONS is not None
    return next(one for one in json.loads((ELECTIONS / "official.json").read_text()) if one["id"] == identity)


def surname(name: str) -> str:
    """Given names are written in several ways."""
    return name.split()[-1].casefold()


@pytest.mark.parametrize("ward", ["aberdeen_2017_ward6", "dumgal_2017_ward9"])
def test_scottish_wards_agree_at_every_stage(ward) -> None:
    assert ELECTIONS is not None
    declared = json.loads((ELECTIONS / "scottish-stv-2017" / f"{ward}.official.json").read_text())
    result = count(ballots_of(f"scottish-stv-2017/{ward}.blt"), Rules(Method.SCOTTISH_STV, declared["seats"]))

    stages = [[exact(votes, 5) for votes in stage.totals.values()] for stage in result.stages]
    assert stages == [list(totals.values()) for totals in declared["official_stage_totals"]]
    assert result.quota == declared["quota"] * 10**5
    assert result.ballots - result.invalid == declared["valid_poll"]
    assert (result.ties, check(result)) == ((), [])
    told = [[stage.number, "Elected", name] for stage in result.stages for name in stage.elected]
    told += [[stage.number - 1, "Excluded", name] for stage in result.stages for name in stage.excluded]
    expected = [[number, what, surname(name)] for number, what, name in declared["official_events"]]
    found = [[number, what, surname(name.rpartition(" (")[0])] for number, what, name in told]
    assert sorted(found) == sorted(expected)


def test_no_opinion_decides_who_has_the_last_seat() -> None:
    declared = official("k8s-steering-2021")
    ballots = ballots_of("kubernetes/steering-2021/ballots.csv")
    rules = Rules(Method.SCHULZE, declared["seats"])
    result = count(ballots, rules)

    assert list(result.elected) == declared["elected"]
    assert result.order == tuple((name,) for name in declared["published_order"])
    assert check(result) == []
    last = next(other for other in others(ballots, rules, result) if other.change is Change.UNRANKED_LAST)
    assert (last.gained, last.lost) == ((declared["published_order"][4],), (declared["elected"][2],))


def test_cap_of_two_displaces_the_fifth() -> None:
    declared = official("cff-toc-2021")
    order = declared["published_order"]
    cap = Cap(2, dict(zip(order, ["one", "one", "two", "two", "two", "three"], strict=False)))
    result = count(
        ballots_of("cloudfoundry/2021-TOC/ballots.csv"), Rules(Method.SCHULZE, 5, cap=cap, terms=(2, 2, 1, 1, 1))
    )

    assert list(result.elected) == declared["elected"]
    assert result.order == tuple((name,) for name in declared["published_order"])
    assert [event.name for event in result.displaced] == [order[4]]
    assert list(result.terms.values()) == [2, 2, 1, 1, 1]
    beside = [*combinations(order[:3], 2), *pairwise(order[2:])]
    published = [(62, 22), (73, 22), (60, 34), (46, 31), (42, 35), (48, 41), (43, 41), (58, 14)]
    assert [(result.pairs[a][b], result.pairs[b][a]) for a, b in beside] == published


@pytest.mark.parametrize("method", [Method.MEEK_STV, Method.SCOTTISH_STV])
def test_committee_of_five_from_twenty_four(method) -> None:
    declared = official("nixos-sc-2025")
    result = count(ballots_of("nixos/2025/opavote-ballots-5.blt"), Rules(method, declared["seats"]))

    assert set(result.elected) == set(declared["elected"])
    assert result.ballots == 443
    assert check(result) == []
