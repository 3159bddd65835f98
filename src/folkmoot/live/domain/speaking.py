"""In which order people speak. Pure.

Points of order come first, then replies to whoever speaks, then everybody else; within each of these whoever raised a
hand first. Where a group's custom says so, those who have not spoken yet come before those who have. A moderator may
put one hand elsewhere among those of its kind, where it then stays; the order of all others is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody wants to say, the first before the last."""

    POINT_OF_ORDER = "point"
    REPLY = "reply"
    QUEUE = "queue"


@dataclass(frozen=True)
class Waiting:
    """A hand that is raised; of two, the one that was raised first has the smaller `key`.

    `spoke` says that its person has spoken on this call, `moved` that a moderator put it where it is.
    """

    key: int
    kind: Kind
    spoke: bool = False
    moved: bool = False


def settled(hands: Iterable[Waiting], *, new_voices_first: bool) -> list[Waiting]:
    """The hands, which come in the order as it stood with new ones behind, in the order in which they speak.

    Those that were moved stay at their place among their kind; the others fill the places between them.
    """
    hands = list(hands)
    found: list[Waiting] = []
    for kind in Kind:
        of_kind = [one for one in hands if one.kind == kind]
        by_rule = iter(
            sorted(
                (one for one in of_kind if not one.moved),
                key=lambda one: (new_voices_first and one.spoke, one.key),
            )
        )
        found += [one if one.moved else next(by_rule) for one in of_kind]
    return found


def moved(order: Sequence[Waiting], key: int, before: int | None) -> list[int]:
    """The keys in the order with one hand before another of its kind, or behind all of its kind (None).

    ValueError for hands that are not there, or not of one kind.
    """
    known = {one.key: one for one in order}
    if key not in known or (before is not None and before not in known):
        raise ValueError("not in the queue")
    kind = known[key].kind
    if before is not None and known[before].kind != kind:
        raise ValueError("not of one kind")
    if before == key:
        return [one.key for one in order]
    others = [one for one in order if one.key != key]
    if before is None:
        ranks = list(Kind)
        place = sum(ranks.index(one.kind) <= ranks.index(kind) for one in others)
    else:
        place = [one.key for one in others].index(before)
    keys = [one.key for one in others]
    return [*keys[:place], key, *keys[place:]]
