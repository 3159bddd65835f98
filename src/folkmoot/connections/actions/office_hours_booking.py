"""Booking slots of office hours, giving them back, and giving on what came free.

Whoever books, gives back or changes anything holds the row of the hours, and then those of the people whose other
bookings count, in the order of their keys: so a seat is given once, and nobody is in two places at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from folkmoot.connections.domain.office_days import clash, slots_by_key
from folkmoot.connections.domain.office_hours import Slot, may_book, may_cancel
from folkmoot.connections.facts.office_hours import OfficeHourBooked, OfficeHourSettled
from folkmoot.connections.models.office_hours import (
    LONGEST_TOPIC,
    BookingState,
    OfficeBooking,
    OfficeHours,
    ReminderSort,
)
from folkmoot.connections.notices.office_hours import (
    OfficeHourAsked,
    OfficeHourFree,
    OfficeHourIsYours,
    OfficeHourOff,
    OfficeHourReminder,
    OfficeHourReturned,
    OfficeHourTaken,
    reminder_of,
)
from folkmoot.connections.queries.interests import kept_apart
from folkmoot.connections.queries.office_hours import (
    MISSES_BEFORE_ASKING,
    Span,
    busy_spans,
    misses,
    offers_seen_by,
    open_bookings,
    pattern_of,
)
from folkmoot.connections.rules.office_hours import may_be_there, may_note_came, may_run_hours, takes_bookings
from folkmoot.groups.models import GroupState
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell, untell
from folkmoot.people.models import Person

MOST_WAITING = 100
STILL_WORTH_IT = timedelta(hours=1)
"""A seat that comes free later than this before its slot is not given on: whoever waits would learn of it too late."""


@transaction.atomic
def book(hours: OfficeHours, key: str, *, topic: str = "", waits: bool = False, by: Person) -> OfficeBooking:
    """Take a seat in a slot; where all are taken and somebody `waits`, the next place on its waiting list.

    Who lately did not come is asked about, where the host wishes that: the seat is kept until the host answers.
    Refused `not_found` (also where people are kept apart), `gone`, `closed`, `too_late`, `taken`, `busy`, `host_busy`,
    `twice`, `too_many`, `too_long`.
    """
    hours, now = hold(hours), timezone.now()
    if not offers_seen_by(by).filter(pk=hours.pk).exists():
        raise Refused(_("There are no such office hours."), code="not_found")
    if not (verdict := takes_bookings(hours, now)):
        raise Refused(verdict.reason, code="closed")
    topic = " ".join(topic.split())
    if len(topic) > LONGEST_TOPIC:
        raise Refused(
            _("Please say it in %(most)d characters at most.") % {"most": LONGEST_TOPIC},
            code="too_long",
            field="topic",
        )
    pattern = pattern_of(hours)
    slot = slots_by_key(pattern, [key]).get(key)
    if slot is None:
        raise Refused(_("This slot is not offered any more. Please choose another one."), code="gone")
    hold_people([by.pk, hours.host_id])
    if _has_taken_place(hours, key, now):
        raise Refused(_("This slot is not offered any more. Please choose another one."), code="gone")
    bookings = list(open_bookings(hours, now))
    if any(one.person_id == by.pk and one.key == key for one in bookings):
        raise Refused(_("You have this one already."), code="twice")
    if not (verdict := may_book(pattern, slot, {}, now)):
        raise Refused(verdict.reason, code="too_late")
    if sum(one.person_id == by.pk for one in bookings) >= hours.most_each:
        raise Refused(_("You have as many slots here as one person can book at a time."), code="too_many")
    _check_nobody_is_elsewhere(hours, slot, by)
    state, seat = _place(hours, bookings, key, by, now)
    if seat is None and not waits:
        raise Refused(_("Somebody was quicker: this one is taken now. You can wait for it."), code="taken")
    if seat is None and sum(one.key == key and not one.is_seated for one in bookings) >= MOST_WAITING:
        raise Refused(_("So many wait for this one that waiting would lead to nothing."), code="too_many")
    booking = OfficeBooking.objects.create(
        hours=hours,
        person=by,
        key=key,
        seat=seat,
        state=state,
        topic=topic,
        starts_at=slot.start,
        ends_at=slot.end,
        made_at=now,
        said_at=now,
    )
    record(OfficeHourBooked(booking_id=booking.pk, state=booking.state), by=by, about=by, on=booking)
    if booking.state == BookingState.BOOKED:
        tell([by], OfficeHourIsYours(booking))
        tell([hours.host], OfficeHourTaken(booking))
    elif booking.state == BookingState.ASKED:
        tell([hours.host], OfficeHourAsked(booking))
    return booking


@transaction.atomic
def give_back(booking: OfficeBooking, *, by: Person) -> None:
    """Give one's own slot back, or wait no longer; whoever waits is next. Twice is once.

    Later than the host asked for it is possible still, and noted. Refused `forbidden`, `begun`.
    """
    if booking.person_id != by.pk:
        raise Refused(_("Only whoever booked this may give it back."), code="forbidden")
    hours, now = hold(booking.hours), timezone.now()
    booking = _anew(booking, hours)
    if not booking.is_open:
        return
    if booking.starts_at <= now:
        raise Refused(_("It has begun already."), code="begun")
    had_seat, was_booked = booking.is_seated, booking.state == BookingState.BOOKED
    pattern = pattern_of(hours)
    slot = Slot(booking.key, booking.starts_at, booking.ends_at)
    booking.was_late = was_booked and not may_cancel(pattern, slot, now)
    settle(booking, BookingState.GIVEN_BACK, now, by=by)
    if was_booked:
        tell([by], OfficeHourReturned(booking))
        tell([hours.host], OfficeHourFree(booking))
    if had_seat:
        give_on(hours, [booking.key], now)


@transaction.atomic
def answer_asked(booking: OfficeBooking, *, yes: bool, by: Actor) -> None:
    """Say yes or not this time to somebody who was asked about; done twice, it is done once. Refused `forbidden`."""
    hours, now = hold(booking.hours), timezone.now()
    booking = _anew(booking, hours)
    require(may_run_hours(by, hours))
    if booking.state != BookingState.ASKED or booking.starts_at <= now:
        return
    if yes:
        booking.state, booking.said_at = BookingState.BOOKED, now
        booking.save(update_fields=["state", "said_at"])
        record(OfficeHourBooked(booking_id=booking.pk, state=booking.state), by=by, about=booking.person, on=booking)
        tell([booking.person], OfficeHourIsYours(booking, said_yes=True))
        tell([hours.host], OfficeHourTaken(booking))
        return
    settle(booking, BookingState.DECLINED, now, by=by)
    tell([booking.person], OfficeHourOff(booking, had_seat=True, declined=True))
    give_on(hours, [booking.key], now)


@transaction.atomic
def call_booking_off(booking: OfficeBooking, *, by: Actor) -> None:
    """Take one person's seat back as its host; they are told, and who waits is next. Refused `forbidden`, `begun`."""
    hours, now = hold(booking.hours), timezone.now()
    booking = _anew(booking, hours)
    require(may_run_hours(by, hours))
    if not booking.is_open:
        return
    if booking.starts_at <= now:
        raise Refused(_("It has begun already."), code="begun")
    call_off([booking], now, by=by)
    give_on(hours, [booking.key], now)


@transaction.atomic
def note_came(booking: OfficeBooking, came: bool | None, *, by: Actor) -> None:
    """Say whether somebody came, or take that back; nobody but the two sees it, so it is told to nobody.

    Refused `forbidden`.
    """
    require(may_note_came(by, booking, timezone.now()))
    OfficeBooking.objects.filter(pk=booking.pk, state=BookingState.BOOKED).update(came=came)


def hold(hours: OfficeHours) -> OfficeHours:
    """The row as it is now, kept from others until the end of the transaction."""
    return OfficeHours.objects.select_for_update(of=("self",)).select_related("host", "group").get(pk=hours.pk)


def hold_people(keys: Iterable[int]) -> None:
    """One change at a time of what these people have booked; always after the hours, and in the order of their keys."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values_list("pk"))


def call_off(bookings: Collection[OfficeBooking], now: datetime, *, by: Actor, host_goes: bool = False) -> None:
    """Let these bookings of held hours be off, and tell their people; the host too, unless they are being erased."""
    for booking in bookings:
        was_booked, was_asked = booking.state == BookingState.BOOKED, booking.state == BookingState.ASKED
        settle(booking, BookingState.CALLED_OFF, now, by=by)
        tell([booking.person], OfficeHourOff(booking, had_seat=was_booked or was_asked))
        acts = isinstance(by, Person) and by.pk == booking.hours.host_id
        if was_booked and not host_goes and (booking.hours.is_one_to_one or not acts):
            tell([booking.hours.host], OfficeHourFree(booking, by_host=acts))


def take_reminders_back(booking: OfficeBooking, now: datetime) -> None:
    """What waits for the end of quiet hours or a digest says a time that does not hold: it goes out no more."""
    if booking.starts_at - now > timedelta(days=1):
        return
    people = [booking.person, booking.hours.host] if booking.hours.is_one_to_one else [booking.person]
    for sort in ReminderSort:
        untell(
            OfficeHourReminder.kind,
            reminder_of(booking.hours_id, booking.key, booking.starts_at, sort),
            people=people,
        )


def settle(booking: OfficeBooking, state: BookingState, now: datetime, *, by: Actor) -> None:
    """Take the seat out of a booking of held hours."""
    if booking.is_seated:
        take_reminders_back(booking, now)
    booking.state, booking.seat, booking.settled_at = state, None, now
    booking.sequence += 1
    booking.save(update_fields=["state", "seat", "settled_at", "sequence", "was_late"])
    record(OfficeHourSettled(booking_id=booking.pk, state=state), by=by, about=booking.person, on=booking)


def give_on(hours: OfficeHours, keys: Collection[str], now: datetime) -> int:
    """Give free seats of these slots to whoever waits for them, in the order in which they came; returns how many.

    Whoever is somewhere else at that time, or cannot be there any more, keeps waiting. The hours are held.
    """
    if not takes_bookings(hours, now) or (hours.group is not None and hours.group.state == GroupState.CLOSED):
        return 0
    of_slot: dict[str, list[OfficeBooking]] = defaultdict(list)
    for booking in open_bookings(hours, now + STILL_WORTH_IT).filter(key__in=keys).select_related("person"):
        booking.hours = hours
        of_slot[booking.key].append(booking)
    waited = {key: found for key, found in of_slot.items() if not all(one.is_seated for one in found)}
    if waited:
        # All at once: one slot after the other they would be held in another order than the one agreed on.
        hold_people([hours.host_id, *(one.person_id for found in waited.values() for one in found)])
    return sum(_give_on_slot(hours, waited[key], now) for key in sorted(waited))


@task()
def give_on_later(hours_id: int, key: str) -> None:
    """Give on what came free while the hours could not be held, as they are by then."""
    with transaction.atomic():
        hours = OfficeHours.objects.filter(pk=hours_id).first()
        if hours is not None:
            give_on(hold(hours), [key], timezone.now())


def _give_on_slot(hours: OfficeHours, bookings: list[OfficeBooking], now: datetime) -> int:
    """The same of one slot, whose people are held."""
    seated = [one for one in bookings if one.is_seated]
    waiting = [one for one in bookings if not one.is_seated]
    if not waiting or len(seated) >= hours.seats:
        return 0
    people = {one.person_id for one in bookings} | {hours.host_id}
    apart = kept_apart(people)
    busy = busy_spans(people, waiting[0].starts_at, waiting[0].ends_at)
    asked_about = _asked_about(hours, {one.person_id for one in waiting}, now)
    given = 0
    for one in waiting:
        seat = free_seat(hours, seated)
        if seat is None:
            break
        together = {other.person_id for other in seated} | {hours.host_id}
        if (
            not one.person.is_active
            or any(frozenset((one.person_id, other)) in apart for other in together)
            or any(hours_id != hours.pk or key != one.key for _span, hours_id, key in busy.get(one.person_id, ()))
            or any(hours_id != hours.pk for _span, hours_id, _key in busy.get(hours.host_id, ()))
            or not may_be_there(one.person, hours)
        ):
            continue
        one.state = BookingState.ASKED if one.person_id in asked_about else BookingState.BOOKED
        one.seat, one.said_at = seat, now
        one.save(update_fields=["state", "seat", "said_at"])
        seated.append(one)
        given += 1
        record(OfficeHourBooked(booking_id=one.pk, state=one.state), by=system(), about=one.person, on=one)
        if one.state == BookingState.ASKED:
            tell([hours.host], OfficeHourAsked(one))
            continue
        tell([one.person], OfficeHourIsYours(one, came_free=True))
        tell([hours.host], OfficeHourTaken(one, came_free=True))
    return given


def free_seat(hours: OfficeHours, seated: Collection[OfficeBooking]) -> int | None:
    """The lowest number that nobody sits on; None when all seats are taken, also where there are fewer than before."""
    if len(seated) >= hours.seats:
        return None
    taken = {one.seat for one in seated}
    return next(number for number in range(1, hours.seats + 1) if number not in taken)


def _place(
    hours: OfficeHours, bookings: Collection[OfficeBooking], key: str, person: Person, now: datetime
) -> tuple[BookingState, int | None]:
    """What becomes of a wish: a seat, perhaps after a question to the host, or the waiting list.

    Nobody overtakes those who wait; and a slot with somebody in it from whom one is kept apart is full.
    """
    of_slot = [one for one in bookings if one.key == key]
    seated = [one for one in of_slot if one.is_seated]
    seat = free_seat(hours, seated)
    if seat is not None and seated:
        together = {one.person_id for one in seated} | {person.pk}
        if any(person.pk in pair for pair in kept_apart(together)):
            seat = None
    if seat is None:
        return BookingState.WAITING, None
    if _asked_about(hours, {person.pk}, now):
        return BookingState.ASKED, seat
    return BookingState.BOOKED, seat


def _has_taken_place(hours: OfficeHours, key: str, now: datetime) -> bool:
    """Whether somebody had this slot already, before its day was moved on: it is one slot, and was given."""
    return OfficeBooking.objects.filter(hours=hours, key=key, seat__isnull=False, starts_at__lte=now).exists()


def _asked_about(hours: OfficeHours, people: Collection[int], now: datetime) -> set[int]:
    """About whom the host wishes to be asked, since they lately did not come; one query at most."""
    if not hours.asks_after_missing:
        return set()
    return {key for key, times in misses(hours.host, people, now).items() if times >= MISSES_BEFORE_ASKING}


def _check_nobody_is_elsewhere(hours: OfficeHours, slot: Slot, person: Person) -> None:
    """Neither the host, in other hours or as a guest of somebody, nor the person; their rows are held."""
    span: Span = (slot.start, slot.end)
    busy = busy_spans([person.pk, hours.host_id], *span)
    if clash(span, (other for other, _hours, _key in busy.get(person.pk, ()))):
        raise Refused(_("You have other office hours at that time."), code="busy")
    elsewhere = (other for other, of, key in busy.get(hours.host_id, ()) if (of, key) != (hours.pk, slot.key))
    if clash(span, elsewhere):
        raise Refused(
            _("%(name)s has something else at that time. Please choose another slot.") % {"name": hours.host.name},
            code="host_busy",
        )


def _anew(booking: OfficeBooking, hours: OfficeHours) -> OfficeBooking:
    """A booking as it is now that its hours are held."""
    booking = OfficeBooking.objects.select_related("person").get(pk=booking.pk)
    booking.hours = hours
    return booking
