"""Reasons in sentences: in English here, and in the reader's language and clock where those are handed in. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from typing import Final

from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times.burden import DAY, Level
from folkmoot.meetings.domain.fair_times.reasons import Reason, Why
from folkmoot.meetings.domain.fair_times.slots import Slot

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_TIMES = 3

Translate = Callable[[str], str]
Clock = Callable[[time], str]


def gettext_noop(text: str) -> str:
    """The text as it is; by the name of this function translators' tools find it."""
    return text


_SENTENCES: Final = {
    (Why.SUITS_EVERYBODY, False): gettext_noop("Today’s slot suits everybody."),
    (Why.SUITS_EVERYBODY, True): gettext_noop("The rotation of today suits everybody."),
    (Why.HARD_FOR_SOMEBODY, False): gettext_noop("Today’s slot is %(level)s for somebody, %(often)s."),
    (Why.HARD_FOR_SOMEBODY, True): gettext_noop("The rotation of today is %(level)s for somebody, %(often)s."),
    (Why.HARD_AT_A_PLACE, False): gettext_noop("Today’s slot puts %(place)s at %(times)s %(often)s."),
    (Why.HARD_AT_A_PLACE, True): gettext_noop("The rotation of today puts %(place)s at %(times)s %(often)s."),
    (Why.NOBODY_HAS_MORE, False): gettext_noop("With this slot nobody has %(calls)s %(hours)s."),
    (Why.NOBODY_HAS_MORE, True): gettext_noop("With this rotation nobody has %(calls)s %(hours)s."),
}
_SAME_FOR_BOTH: Final = {
    Why.NONE_IS_FAIRER: gettext_noop("None of the slots that were compared is fairer to those who have it hardest."),
    Why.HEAVIEST_FALLS: gettext_noop("The heaviest burden falls from %(before)s to %(after)s."),
    Why.HEAVIEST_STAYS: gettext_noop(
        "The heaviest burden stays the same, and fewer people bear it or the next ones bear less."
    ),
    Why.CUT_SHORT: gettext_noop("The search was cut short: there may be an even fairer one."),
}
_LEVELS: Final = {
    Level.EDGE: gettext_noop("outside of the hours that suit"),
    Level.DAY_OFF: gettext_noop("on a day off"),
    Level.UNSOCIABLE: gettext_noop("early or late"),
    Level.NIGHT: gettext_noop("in the night"),
}
_EVERY_CALL, _SOME_CALLS = gettext_noop("for every call"), gettext_noop("for %(calls)s of %(of)s calls")
_NO_CALL, _NO_MORE = gettext_noop("a call"), gettext_noop("more than %(calls)s of %(of)s calls")
_WAKING, _ASLEEP = gettext_noop("before %(start)s or after %(end)s"), gettext_noop("between %(start)s and %(end)s")
_UNLESS: Final = gettext_noop("%(hours)s, unless they said that such hours suit them")
_SPAN, _OR = gettext_noop("times from %(first)s to %(last)s"), gettext_noop("%(some)s or %(last)s")


def clock_of_24(at: time) -> str:
    return f"{at:%H:%M}"


def sentence(reason: Reason, translate: Translate = str, clock: Clock = clock_of_24) -> str:
    """A reason as one sentence; `translate` is handed English with `%(name)s` in it, as gettext is."""
    template = _SAME_FOR_BOTH.get(reason.why) or _SENTENCES[reason.why, reason.turns]
    values: dict[str, object] = {}
    match reason.why:
        case Why.HARD_FOR_SOMEBODY:
            values = {"level": translate(_LEVELS[reason.level]), "often": _often(reason, translate)}
        case Why.HARD_AT_A_PLACE:
            times = _times(reason.times, translate, clock)
            values = {"place": zones.place(reason.zone), "times": times, "often": _often(reason, translate)}
        case Why.NOBODY_HAS_MORE:
            values = {"calls": _no_more(reason, translate), "hours": _hours(reason, translate, clock)}
        case Why.HEAVIEST_FALLS:
            values = {"before": reason.before, "after": reason.after}
    return translate(template) % values


def _often(reason: Reason, translate: Translate) -> str:
    if reason.calls == reason.of:
        return translate(_EVERY_CALL)
    return translate(_SOME_CALLS) % {"calls": reason.calls, "of": reason.of}


def _no_more(reason: Reason, translate: Translate) -> str:
    if not reason.calls:
        return translate(_NO_CALL)
    return translate(_NO_MORE) % {"calls": reason.calls, "of": reason.of}


def _hours(reason: Reason, translate: Translate, clock: Clock) -> str:
    assert reason.hours is not None
    template = _ASLEEP if reason.level is Level.NIGHT else _WAKING
    start, end = (clock(time(*divmod(minute % DAY, 60))) for minute in (reason.hours.start, reason.hours.end))
    hours = translate(template) % {"start": start, "end": end}
    return translate(_UNLESS) % {"hours": hours} if reason.by_choice else hours


def _times(found: Sequence[time], translate: Translate, clock: Clock) -> str:
    if len(found) > MOST_TIMES:
        # Midnight lies inside of most nights: begin after the widest gap, so that they are told in their order.
        minutes = [at.hour * 60 + at.minute for at in found]
        gaps = [(minutes[place] - minutes[place - 1]) % DAY for place in range(len(found))]
        first = gaps.index(max(gaps))
        return translate(_SPAN) % {"first": clock(found[first]), "last": clock(found[first - 1])}
    words = [clock(at) for at in found]
    return words[0] if len(words) == 1 else translate(_OR) % {"some": ", ".join(words[:-1]), "last": words[-1]}


def slot_words(slot: Slot) -> str:
    """A slot by the clock of its series: "Tuesday 17:00"."""
    return f"{slot.at:%H:%M}" if slot.weekday is None else f"{WEEKDAYS[slot.weekday]} {slot.at:%H:%M}"
