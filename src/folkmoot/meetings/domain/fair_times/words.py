"""Why a rotation is fairer than today's slot, in a few sentences. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import time

from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times.burden import DAY, Level, Scale
from folkmoot.meetings.domain.fair_times.planning import Outlook, Share
from folkmoot.meetings.domain.fair_times.slots import Slot

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_TIMES = 3


def reason(now: Outlook, proposed: Outlook, scale: Scale, *, nameable: Container[str] | None = None) -> list[str]:
    """Sentences: what today means to whoever has it hardest, and what the proposal does about it.

    `nameable` holds the zones that may be named, all unless given: where somebody keeps theirs to themselves, no
    sentence tells it, nor a time on their clock.
    """
    return [*about_today(now, nameable=nameable), *about_proposal(now, proposed, scale)]


def about_today(now: Outlook, *, nameable: Container[str] | None = None) -> Iterator[str]:
    """What the slots of today mean to whoever has it hardest."""
    one = "Today’s slot" if len(now.slots) == 1 else "The rotation of today"
    worst = now.worst
    if not worst.cost:
        yield f"{one} suits everybody."
        return
    least = _worst_level(worst)
    often = _often(worst.count(least), now.calls)
    if nameable is not None and worst.party.zone not in nameable:
        yield f"{one} is {_LEVELS[least]} for somebody, {often}."
        return
    yield f"{one} puts {zones.place(worst.party.zone)} at {_times(worst.times(least))} {often}."


_LEVELS = {
    Level.EDGE: "outside of the hours that suit",
    Level.DAY_OFF: "on a day off",
    Level.UNSOCIABLE: "early or late",
    Level.NIGHT: "in the night",
}


def _worst_level(share: Share) -> Level:
    """What is to be said of a party: early, late and night together, or else the worst that it has."""
    return min(Level.UNSOCIABLE, max(level for _local, level in share.calls))


def _often(count: int, of: int) -> str:
    return "for every call" if count == of else f"for {count} of {of} calls"


def _times(found: Sequence[time]) -> str:
    if len(found) > MOST_TIMES:
        # Midnight lies inside of most nights: begin after the widest gap, so that they are told in their order.
        minutes = [at.hour * 60 + at.minute for at in found]
        gaps = [(minutes[place] - minutes[place - 1]) % DAY for place in range(len(found))]
        first = gaps.index(max(gaps))
        return f"times from {found[first]:%H:%M} to {found[first - 1]:%H:%M}"
    words = [f"{at:%H:%M}" for at in found]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def about_proposal(now: Outlook, proposed: Outlook, scale: Scale) -> Iterator[str]:
    """What a proposal does about it, by what is true of everybody together."""
    if proposed.slots == now.slots:
        if now.worst.cost:
            yield "None of the slots that were compared is fairer to those who have it hardest."
        return
    one = "With this rotation" if len(set(proposed.slots)) > 1 else "With this slot"
    waking = f"before {_clock(scale.waking.start)} or after {_clock(scale.waking.end)}"
    asleep = f"between {_clock(scale.sleeping.start)} and {_clock(scale.sleeping.end)}"
    said = False
    for least, when in ((Level.UNSOCIABLE, waking), (Level.NIGHT, asleep)):
        before, after = now.most(least), proposed.most(least)
        if after < before or (least is Level.UNSOCIABLE and not after):
            yield f"{one} nobody has {_no_more(after, proposed.calls)} {when}{_unless(proposed, scale)}."
            said = True
            break
    before, after = now.worst.cost, proposed.worst.cost
    if after < before:
        yield f"The heaviest burden falls from {before} to {after}."
    elif not said:
        yield "The heaviest burden stays the same, and fewer people bear it or the next ones bear less."
    if not proposed.is_proven:
        yield "The search was cut short: there may be an even fairer one."


def _no_more(count: int, of: int) -> str:
    return f"more than {count} of {of} calls" if count else "a call"


def _unless(outlook: Outlook, scale: Scale) -> str:
    """An addition where somebody said that such hours suit them."""
    chosen = any(
        level is Level.COMFORTABLE and not scale.waking.has(local.hour * 60 + local.minute)
        for share in outlook.shares
        for local, level in share.calls
    )
    return ", unless they said that such hours suit them" if chosen else ""


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def slot_words(slot: Slot) -> str:
    """A slot by the clock of its series: "Tuesday 17:00"."""
    return f"{slot.at:%H:%M}" if slot.weekday is None else f"{WEEKDAYS[slot.weekday]} {slot.at:%H:%M}"
