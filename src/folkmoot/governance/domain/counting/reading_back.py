"""A published record read back, so that it can be checked without its ballots. The other side of `written`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.record import (
    Action,
    Displaced,
    Elected,
    Event,
    Excluded,
    Guarded,
    Pair,
    Result,
    Stage,
    Transferred,
    Verdict,
    Why,
)
from folkmoot.governance.domain.counting.ties import About, By, Tie
from folkmoot.governance.domain.counting.written import DIRECTIONS
from folkmoot.kit.errors import Refused

MOST_DECIMALS: Final = 20
LONGEST_NUMBER: Final = 60

Thing = TypeVar("Thing")


def from_json(data: Any) -> Result:
    """The result that `to_json` wrote. Refused where a part is missing or is something else, with its name."""
    try:
        return _result(_object(data))
    except KeyError as missing:
        raise Refused(f"The record has no {missing}.", code="wrong_record") from None
    except (TypeError, ValueError, AttributeError) as wrong:
        raise Refused(f"The record cannot be read: {wrong}.", code="wrong_record") from None


def _result(data: Mapping[str, Any]) -> Result:
    decimals = _whole(data["decimals"])
    if not 0 <= decimals <= MOST_DECIMALS:
        raise ValueError("decimals are out of bounds")
    stages = tuple(_stage(stage, decimals) for stage in _list(data["stages"]))
    ties = tuple(_tie(tie) for tie in _list(data["ties"]))
    pairs = data["pairs"]
    return Result(
        method=Method(data["method"]).value,
        seats=_whole(data["seats"]),
        candidates=_names(data["candidates"]),
        ballots=_whole(data["ballots"]),
        invalid=_whole(data["invalid"]),
        quota=stages[-1].quota if stages else None,
        decimals=decimals,
        direction={word: direction for direction, word in DIRECTIONS.items()}[data["direction"]],
        elected=_names(data["elected"]),
        order=tuple(_names(group) for group in _list(data["order"])),
        ties=ties,
        stages=stages,
        displaced=_displaced(data["displaced"], stages),
        withdrawn=_names(data["withdrawn"]),
        holders=_names(data["holders"]),
        terms={_text(name): _whole(years) for name, years in _object(data["terms"]).items()},
        pairs=None
        if pairs is None
        else {
            _text(a): {_text(b): _whole(votes) for b, votes in _object(row).items()}
            for a, row in _object(pairs).items()
        },
        open_tie=next((tie for tie in ties if tie.resolved_by is None), None),
        verdict=_maybe(data.get("verdict"), _verdict),
    )


def _displaced(data: Any, stages: Sequence[Stage]) -> tuple[Displaced, ...]:
    """Who was kept out, with the votes that the stages tell."""
    told = {e.name: e.votes for stage in stages for e in stage.events if isinstance(e, Displaced)}
    found = [(_text(one["name"]), _text(one["affiliation"])) for one in map(_object, _list(data))]
    return tuple(Displaced(name, affiliation, told.get(name, 0)) for name, affiliation in found)


def _stage(data: Any, decimals: int) -> Stage:
    data = _object(data)
    return Stage(
        number=_whole(data["number"]),
        action=Action(data["action"]),
        subject=_maybe(data["subject"], _text),
        totals={_text(name): units(votes, decimals) for name, votes in _object(data["totals"]).items()},
        exhausted=units(data["exhausted"], decimals),
        lost=units(data["lost"], decimals),
        quota=None if data["quota"] is None else units(data["quota"], decimals),
        events=tuple(_event(_object(event), decimals) for event in _list(data["events"])),
    )


def _event(data: Mapping[str, Any], decimals: int) -> Event:
    match data["event"]:
        case "elected":
            return Elected(_text(data["name"]), units(data["votes"], decimals), Why(data["why"]))
        case "transferred":
            to = _maybe(data["to"], _text)
            return Transferred(_text(data["from"]), to, _whole(data["ballots"]), units(data["votes"], decimals))
        case "excluded":
            return Excluded(_text(data["name"]), units(data["votes"], decimals))
        case "displaced":
            return Displaced(_text(data["name"]), _text(data["affiliation"]), units(data["votes"], decimals))
        case "guarded":
            return Guarded(_text(data["name"]), units(data["votes"], decimals))
        case "pair":
            return Pair(
                _text(data["winner"]),
                _text(data["loser"]),
                _whole(data["votes"]),
                _whole(data["against"]),
                counts=bool(data["counts"]),
            )
        case other:
            raise ValueError(f"“{other}” is no event")


def _tie(data: Any) -> Tie:
    data = _object(data)
    return Tie(
        candidates=_names(data["candidates"]),
        about=About(data["about"]),
        resolved_by=_maybe(data["resolved_by"], By),
        chosen=_maybe(data["chosen"], _text),
        stage=_whole(data["stage"]),
    )


def _verdict(data: Any) -> Verdict:
    data = _object(data)
    numbers = {name: _whole(data[name]) for name in ("yes", "base", "needed", "there", "quorum")}
    return Verdict(result=Outcome(data["result"]), **numbers)


def units(text: Any, decimals: int) -> int:
    """Votes as whole numbers of the smallest unit, from a text with exactly so many decimals."""
    words = _text(text)
    whole, point, part = words.removeprefix("-").partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit() and len(part) == decimals and bool(point) == bool(decimals)):
        raise ValueError(f"“{words[:LONGEST_NUMBER]}” is no number with {decimals} decimals")
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return -int(digits) if words.startswith("-") else int(digits)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("an object is missing")
    return data


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise TypeError("a list is missing")
    return data


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError("a text is missing")
    return data


def _whole(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise TypeError("a whole number is missing")
    return data


def _names(data: Any) -> tuple[str, ...]:
    return tuple(_text(name) for name in _list(data))


def _maybe(data: Any, read: Callable[[Any], Thing]) -> Thing | None:
    return None if data is None else read(data)
