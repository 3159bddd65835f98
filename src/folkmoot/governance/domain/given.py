"""An election as it is given: the bytes of its files and its rules. `bundles` publish and verify it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.thresholds import Quorum, VotingTerms
from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.files import read_affiliations, read_ballots
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules, count
from folkmoot.governance.domain.counting.record import ANY_MAJORITY, NO_CAP, Asked, Cap, Patience, Result, endless
from folkmoot.governance.domain.counting.vacancies import fill_vacancies
from folkmoot.kit.errors import Refused

_SHARE: Final = re.compile("[0-9]{1,9}(/[1-9][0-9]{0,8})?")
_MOST: Final = 10**9


@dataclass(frozen=True)
class Given:
    """The files of an election and how it is counted. `affiliations` are there if `rules` have a cap."""

    ballots: bytes
    rules: Rules
    affiliations: bytes | None = None
    higher_is_better: bool = False
    withdrawn: tuple[str, ...] = ()
    vacated: tuple[str, ...] = ()


def count_given(given: Given, *, patience: Patience = endless) -> tuple[Ballots, Result]:
    """Read and count. Refused where the files are wrong or do not fit the rules, and by `patience`."""
    ballots = read_ballots(given.ballots, higher_is_better=given.higher_is_better).without(given.withdrawn)
    result = count(ballots, given.rules, patience=patience)
    if given.vacated:
        result = fill_vacancies(ballots, given.rules, result, given.vacated, patience=patience)
    return ballots, result


def rules_to_json(given: Given) -> dict[str, Any]:
    """How it is counted, as plain data."""
    rules, asked = given.rules, given.rules.asked
    data: dict[str, Any] = {
        "method": rules.method.value,
        "seats": rules.seats,
        "higher_is_better": given.higher_is_better,
        "cap": rules.cap.most if rules.cap.affiliations or given.affiliations is not None else None,
        "terms": list(rules.terms),
        "seed": rules.seed,
        "draw": list(rules.draw),
        "unranked_last": rules.unranked_last,
        "withdrawn": list(given.withdrawn),
        "vacated": list(given.vacated),
    }
    if rules.method is Method.YES_NO:
        quorum = asked.quorum
        data["question"] = {
            "threshold": str(asked.threshold),
            "more": asked.more,
            "of": asked.of.value,
            "quorum": None if quorum.share is None else str(quorum.share),
            "quorum_count": quorum.count,
            "quorum_more": quorum.more,
            "members": asked.members,
        }
    return data


def given_from_json(data: Any, ballots: bytes, affiliations: bytes | None) -> Given:
    """The election again, from its rules as plain data and its files. Refused where they do not fit together."""
    try:
        return _given(data, ballots, affiliations)
    except KeyError as missing:
        raise Refused(f"The rules have no {missing}.", code="wrong_rules") from None
    except (TypeError, ValueError, AttributeError):
        raise Refused("The rules cannot be read.", code="wrong_rules") from None


def _given(data: Mapping[str, Any], ballots: bytes, affiliations: bytes | None) -> Given:
    method, higher = Method(data["method"]), data["higher_is_better"] is True
    cap = NO_CAP
    if (data["cap"] is None) != (affiliations is None):
        raise Refused("The rules and the file of affiliations do not belong together.", code="wrong_rules")
    if affiliations is not None:
        candidates = read_ballots(ballots, higher_is_better=higher).candidates
        cap = Cap(_whole(data["cap"]), read_affiliations(affiliations, candidates))
    if data["unranked_last"] and not METHODS[method].pairwise:
        raise Refused("Only methods that compare pairs can take whom a ballot leaves out as last.", code="wrong_rules")
    rules = Rules(
        method=method,
        seats=_whole(data["seats"]),
        cap=cap,
        terms=tuple(map(_whole, data["terms"])),
        seed=None if data["seed"] is None else str(data["seed"]),
        draw=tuple(map(str, data["draw"])),
        unranked_last=data["unranked_last"] is True,
        asked=_asked(data["question"]) if method is Method.YES_NO else ANY_MAJORITY,
    )
    return Given(
        ballots=ballots,
        rules=rules,
        affiliations=affiliations,
        higher_is_better=higher,
        withdrawn=tuple(map(str, data["withdrawn"])),
        vacated=tuple(map(str, data["vacated"])),
    )


def terms_of_question(data: Mapping[str, Any]) -> VotingTerms:
    """What a question needs, as `rules_to_json` writes it, as the terms of a vote."""
    asked = _asked(data)
    return VotingTerms(threshold=asked.threshold, more=asked.more, of=asked.of, quorum=asked.quorum)


def _asked(data: Mapping[str, Any]) -> Asked:
    share, count, members = data["quorum"], data["quorum_count"], data["members"]
    return Asked(
        threshold=_share(data["threshold"]),
        more=data["more"] is True,
        of=Of(data["of"]),
        quorum=Quorum(
            share=None if share is None else _share(share),
            count=None if count is None else _whole(count),
            more=data["quorum_more"] is True,
        ),
        members=None if members is None else _whole(members),
    )


def _whole(data: Any) -> int:
    """A whole number that is no larger than any of an election."""
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= _MOST:
        raise ValueError
    return data


def _share(data: Any) -> Fraction:
    """A share as `rules_to_json` writes it; other texts that make fractions, such as 1e999999999, take hours."""
    if not isinstance(data, str) or _SHARE.fullmatch(data) is None or (share := Fraction(data)) > 1:
        raise ValueError
    return share
