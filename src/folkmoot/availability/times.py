"""When the calls would be that a poll found, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from folkmoot.availability.domain.finding import Finder
from folkmoot.availability.domain.hours import DAY, cells_of
from folkmoot.availability.models import Poll
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.pattern import Pattern, Turn

_EARLIEST, _LATEST = date(2000, 1, 1), date(2200, 1, 1)


def closes_after(day: date, zone: str) -> datetime:
    """When a poll closes that takes answers until the end of a day; days of other centuries are brought nearer."""
    midnight = datetime.combine(min(max(day, _EARLIEST), _LATEST) + timedelta(days=1), time())
    return zones.local_to_utc(midnight, zones.canonical(zone)).utc


@dataclass(frozen=True)
class First:
    """The wall time of a first call in the zone of its poll (naive), and which of two equal ones it is."""

    local: datetime
    fold: int


def first_call(poll: Poll, key: int, *, now: datetime, again: bool) -> First:
    """When the call that begins with a cell is first held, later than `now`.

    Of a week it is the next one; a named day is kept as it is, unless it is over and the call comes `again` on that
    weekday. Refused `not_found` where the call does not fit.
    """
    if Finder(cells_of(poll.shape), poll.step, poll.minutes, (), lambda _at, _zone: 0).at(key) is None:
        raise Refused(_("The call does not fit there."), code="not_found")
    place = zones.zone(poll.zone)
    today = now.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    if poll.is_weekly:
        local = today + timedelta(days=(key // DAY - today.weekday()) % 7, minutes=key % DAY)
        fold = 0
    else:
        shown = datetime.fromtimestamp(key * 60, UTC).astimezone(place)
        local, fold = shown.replace(tzinfo=None, fold=0), shown.fold
    while (poll.is_weekly or again) and zones.local_to_utc(local, poll.zone).utc <= now:
        local, fold = local + timedelta(weeks=1), 0
    return First(local, fold)


def series_pattern(first: datetime, every: int) -> Pattern:
    """Calls at this wall time on this weekday, every so many weeks."""
    return Pattern("weeks", (Turn(first.time()),), every=every, weekdays=(first.weekday(),))
