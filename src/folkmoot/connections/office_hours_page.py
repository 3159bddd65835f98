"""Office hours as one reader has them on a page: the days ahead by their own clock, and what can be done about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from folkmoot.calendar.queries import public_between
from folkmoot.connections.domain.office_days import clash
from folkmoot.connections.domain.office_hours import Slot, may_book, slots
from folkmoot.connections.models.office_hours import BookingState, OfficeBooking, OfficeHours
from folkmoot.connections.queries.interests import kept_apart
from folkmoot.connections.queries.office_hours import busy_spans, open_bookings, pattern_of
from folkmoot.groups.queries import groups_with_power
from folkmoot.kit import recurrence, zones
from folkmoot.people.models import Person
from folkmoot.ui import times

Stands = Literal["free", "full", "mine", "no"]
SHOWN_SITTINGS = 4
MOST_SITTINGS = 30


@dataclass(frozen=True)
class SlotLine:
    """One slot as a reader has it: free, full with so many who wait, theirs, or not for them for a reason."""

    slot: Slot
    stands: Stands
    address: str = ""
    """Where it is booked or waited for."""
    reason: str = ""
    seats_left: int = 0
    waiting: int = 0
    booking: OfficeBooking | None = None


@dataclass(frozen=True)
class Sitting:
    """A day of office hours as its host has it. `call` names a call of theirs at that time."""

    day: date
    slots: Sequence[Slot]
    bookings: Sequence[OfficeBooking]
    call: str = ""

    @property
    def starts_at(self) -> datetime:
        return self.slots[0].start


def when_they_are(hours: OfficeHours, clock: str = "24") -> str:
    """`every Wednesday at 10:00, Lagos time`."""
    words = {
        "cadence": recurrence.words(hours.plain_rule, hours.first, get_language() or "en"),
        "time": times.clock_words(hours.start, clock),
        "place": zones.place(hours.zone),
    }
    if times.is_fixed(hours.zone):
        return _("%(cadence)s at %(time)s %(place)s") % words
    return _("%(cadence)s at %(time)s, %(place)s time") % words


def lines_for(hours: OfficeHours, person: Person, now: datetime) -> list[SlotLine]:
    """What is ahead for a reader who may book, in order; at most four queries.

    Slots for which there is not enough notice any more are left out, and those at which the host is elsewhere.
    """
    pattern = pattern_of(hours)
    found = slots(pattern, now, now + pattern.ahead + timedelta(microseconds=1))
    bookings = list(open_bookings(hours, now))
    mine = {one.key: one for one in bookings if one.person_id == person.pk}
    seated = _seated_for(hours, person, bookings)
    waiting = Counter(one.key for one in bookings if not one.is_seated)
    busy = busy_spans([person.pk, hours.host_id], now, now + pattern.ahead + timedelta(days=1)) if found else {}
    own = [span for span, of, key in busy.get(person.pk, ()) if of != hours.pk or key not in mine]
    elsewhere = [span for span, of, _key in busy.get(hours.host_id, ()) if of != hours.pk]
    lines = []
    for slot in found:
        if slot.key in mine:
            lines.append(SlotLine(slot, "mine", booking=mine[slot.key], waiting=waiting[slot.key]))
            continue
        if slot.start - now < pattern.notice or clash((slot.start, slot.end), elsewhere):
            continue
        left = max(hours.seats - seated[slot.key], 0)
        verdict = may_book(pattern, slot, {}, now, busy=own)
        if not verdict:
            lines.append(SlotLine(slot, "no", reason=verdict.reason))
            continue
        address = f"{reverse('book_office_hour', args=[hours.pk])}?{urlencode({'slot': slot.key})}"
        stands: Stands = "free" if left else "full"
        lines.append(SlotLine(slot, stands, address, seats_left=left, waiting=waiting[slot.key]))
    return lines


def by_day(lines: Sequence[SlotLine], zone: str) -> list[tuple[date, list[SlotLine]]]:
    """Grouped by the days of a reader's calendar."""
    found: dict[date, list[SlotLine]] = defaultdict(list)
    for line in lines:
        found[times.local(line.slot.start, zone).date()].append(line)
    return sorted(found.items())


def sittings_of(hours: OfficeHours, now: datetime) -> list[Sitting]:
    """The next days of office hours as their host has them, and later ones for which somebody has booked.

    With who comes, and with calls of the host's groups at that time; at most five queries.
    """
    pattern = pattern_of(hours)
    reach = max(pattern.ahead, timedelta(days=70))
    of_key: dict[str, list[OfficeBooking]] = defaultdict(list)
    for booking in open_bookings(hours, now).select_related("person"):
        booking.hours = hours
        of_key[booking.key].append(booking)
    sittings: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots(pattern, now, now + reach):
        sittings[slot.key.rpartition(".")[0]].append(slot)
    ahead = sorted(sittings.values(), key=lambda found: found[0].start)[:MOST_SITTINGS]
    shown = ahead[:SHOWN_SITTINGS]
    shown += [found for found in ahead[SHOWN_SITTINGS:] if any(slot.key in of_key for slot in found)]
    if not shown:
        return []
    calls = public_between(shown[0][0].start, shown[-1][-1].end, groups=list(groups_with_power(hours.host)))
    result = []
    for found in shown:
        span = (found[0].start, found[-1].end)
        at_once = [call for call in calls if not call.is_cancelled and clash(span, [(call.starts_at, call.ends_at)])]
        bookings = [booking for slot in found for booking in of_key[slot.key]]
        day = times.local(found[0].start, hours.zone).date()
        result.append(Sitting(day, found, bookings, at_once[0].summary if at_once else ""))
    return result


def place_in_line(booking: OfficeBooking) -> int:
    """Which place on the waiting list somebody has, from 1; one query."""
    before = OfficeBooking.objects.filter(
        hours=booking.hours_id, key=booking.key, state=BookingState.WAITING, pk__lt=booking.pk
    )
    return before.count() + 1


def _seated_for(hours: OfficeHours, person: Person, bookings: Sequence[OfficeBooking]) -> Counter[str]:
    """How many sit in each slot; one in which sits somebody from whom the reader is kept apart is full."""
    seated = [one for one in bookings if one.is_seated]
    counts = Counter(one.key for one in seated)
    if hours.seats > 1 and seated:
        apart = kept_apart({one.person_id for one in seated} | {person.pk})
        for one in seated:
            if frozenset((one.person_id, person.pk)) in apart:
                counts[one.key] = hours.seats
    return counts
