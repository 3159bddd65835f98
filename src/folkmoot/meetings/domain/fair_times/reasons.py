"""Why a rotation is fairer than today's slot: what there is to say, not yet in words (see `words`). Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from folkmoot.meetings.domain.fair_times.burden import Level, Scale, Span
from folkmoot.meetings.domain.fair_times.planning import Outlook, Share


class Why(StrEnum):
    """What one sentence says."""

    SUITS_EVERYBODY = "suits_everybody"
    HARD_FOR_SOMEBODY = "hard_for_somebody"
    HARD_AT_A_PLACE = "hard_at_a_place"
    NONE_IS_FAIRER = "none_is_fairer"
    NOBODY_HAS_MORE = "nobody_has_more"
    HEAVIEST_FALLS = "heaviest_falls"
    HEAVIEST_STAYS = "heaviest_stays"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True)
class Reason:
    """One thing to say, with what is needed for it.

    `calls` of `of` are concerned. `turns` tells a rotation from one slot; `level` is what those calls are; `zone` and
    `times` where and when they are by its clocks; `hours` the hours that are spoken of, `by_choice` whether somebody
    likes other ones; `before` and `after` the heaviest burdens.
    """

    why: Why
    turns: bool = False
    calls: int = 0
    of: int = 0
    level: Level = Level.COMFORTABLE
    zone: str = ""
    times: tuple[time, ...] = ()
    hours: Span | None = None
    by_choice: bool = False
    before: int = 0
    after: int = 0


def reasons(now: Outlook, proposed: Outlook, scale: Scale, *, nameable: Container[str] | None = None) -> list[Reason]:
    """What today means to whoever has it hardest, and what the proposal does about it.

    `nameable` holds the zones that may be named, all unless given: where somebody keeps theirs to themselves, no
    sentence tells it, nor a time on their clock.
    """
    return [*about_today(now, nameable=nameable), *about_proposal(now, proposed, scale)]


def about_today(now: Outlook, *, nameable: Container[str] | None = None) -> Iterator[Reason]:
    """What the slots of today mean to whoever has it hardest."""
    turns, worst = len(now.slots) > 1, now.worst
    if not worst.cost:
        yield Reason(Why.SUITS_EVERYBODY, turns)
        return
    least = _worst_level(worst)
    count = worst.count(least)
    if nameable is not None and worst.party.zone not in nameable:
        yield Reason(Why.HARD_FOR_SOMEBODY, turns, count, now.calls, least)
        return
    yield Reason(
        Why.HARD_AT_A_PLACE, turns, count, now.calls, least, zone=worst.party.zone, times=tuple(worst.times(least))
    )


def about_proposal(now: Outlook, proposed: Outlook, scale: Scale) -> Iterator[Reason]:
    """What a proposal does about it, by what is true of everybody together."""
    turns = len(set(proposed.slots)) > 1
    if proposed.slots == now.slots:
        if now.worst.cost:
            yield Reason(Why.NONE_IS_FAIRER, turns)
        return
    said = False
    for least, hours in ((Level.UNSOCIABLE, scale.waking), (Level.NIGHT, scale.sleeping)):
        most = proposed.most(least)
        if most < now.most(least) or (least is Level.UNSOCIABLE and not most):
            by_choice = _some_like_other_hours(proposed, scale)
            yield Reason(Why.NOBODY_HAS_MORE, turns, most, proposed.calls, least, hours=hours, by_choice=by_choice)
            said = True
            break
    before, after = now.worst.cost, proposed.worst.cost
    if after < before:
        yield Reason(Why.HEAVIEST_FALLS, turns, before=before, after=after)
    elif not said:
        yield Reason(Why.HEAVIEST_STAYS, turns)
    if not proposed.is_proven:
        yield Reason(Why.CUT_SHORT, turns)


def _worst_level(share: Share) -> Level:
    """What is to be said of a party: early, late and night together, or else the worst that it has."""
    return min(Level.UNSOCIABLE, max(level for _local, level in share.calls))


def _some_like_other_hours(outlook: Outlook, scale: Scale) -> bool:
    """Whether a call is outside of the waking hours for somebody who said that such hours suit them."""
    return any(
        level is Level.COMFORTABLE and not scale.waking.has(local.hour * 60 + local.minute)
        for share in outlook.shares
        for local, level in share.calls
    )
