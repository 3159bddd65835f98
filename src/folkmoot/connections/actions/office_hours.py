"""Offering office hours, changing them and their days, pausing and ending them; whoever booked is told what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.office_hours_booking import (
    call_off,
    give_on,
    hold,
    hold_people,
    take_reminders_back,
)
from folkmoot.connections.domain.office_days import clash, slots_by_key
from folkmoot.connections.domain.office_hours import slots
from folkmoot.connections.facts.office_hours import (
    OfficeDayChanged,
    OfficeHoursChanged,
    OfficeHoursEnded,
    OfficeHoursOffered,
    OfficeHoursPaused,
    OfficeHoursResumed,
)
from folkmoot.connections.models.office_hours import (
    LONGEST_TITLE,
    LONGEST_TOPICS,
    LONGEST_WHERE,
    BookingState,
    OfficeDay,
    OfficeDaySort,
    OfficeHours,
    OfficeOpenTo,
)
from folkmoot.connections.notices.office_hours import OfficeHourMoved, OwnOfficeHourMoved
from folkmoot.connections.queries.office_hours import Span, busy_spans, open_bookings, pattern_of
from folkmoot.connections.rules.office_hours import may_end_hours, may_offer_hours, may_run_hours
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned, dates, to_rrule
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person

MOST_OFFERS = 10
MOST_DAYS = 200
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class OfficeWords:
    """What office hours are like, as whoever holds them says it; times are by the clock of `zone`.

    `rule` has no end, and `first` may be any day from which on it counts.
    """

    title: str
    zone: str
    rule: Rule
    first: date
    start: time
    topics: str = ""
    where: str = ""
    until: date | None = None
    minutes: int = 30
    slots: int = 2
    gap: int = 0
    seats: int = 1
    notice_hours: int = 12
    ahead_days: int = 28
    cancel_hours: int = 2
    most_each: int = 1
    open_to: OfficeOpenTo = OfficeOpenTo.EVERYONE
    asks_after_missing: bool = False


@dataclass(frozen=True)
class Followed:
    """For how many bookings a change mattered."""

    moved: int = 0
    called_off: int = 0


@transaction.atomic
def offer_hours(words: OfficeWords, *, group: Group | None = None, by: Person) -> OfficeHours:
    """Offer office hours, for oneself or for a group. Refused `forbidden`, `invalid` (with `field`), `too_many`."""
    require(may_offer_hours(by, group))
    now = timezone.now()
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if sum(not one.last_day_is_over(now) for one in by.office_hours.all()) >= MOST_OFFERS:
        raise Refused(_("You offer as many office hours as one person can hold."), code="too_many")
    hours = OfficeHours(host=by, group=group, made_at=now)
    _take(hours, words, now)
    hours.save()
    record(OfficeHoursOffered(hours_id=hours.pk), by=by, about=by, on=hours, within=group)
    return hours


@transaction.atomic
def change_hours(hours: OfficeHours, words: OfficeWords, *, by: Actor) -> Followed:
    """Office hours are like this from now on. Bookings keep their slots, and their people are told each their new time;
    where a slot is no more, it is called off. Seats that somebody has stay theirs, also where there are fewer now.

    Refused `forbidden`, `invalid` (with `field`), `host_busy`.
    """
    hours, now = hold(hours), timezone.now()
    require(may_run_hours(by, hours))
    where = hours.where
    _take(hours, words, now)
    hours.save()
    followed = follow(hours, now, by=by, is_news=hours.where != where)
    fact = OfficeHoursChanged(hours_id=hours.pk, moved=followed.moved, called_off=followed.called_off)
    record(fact, by=by, about=hours.host, on=hours, within=hours.group)
    return followed


@transaction.atomic
def leave_day_out(hours: OfficeHours, day: date, *, by: Actor) -> Followed:
    """Nothing takes place on one of the planned days; whoever booked is told. Refused `forbidden`, `invalid`."""
    return _change_day(hours, OfficeDaySort.LEFT_OUT, day, None, by=by)


@transaction.atomic
def move_day(hours: OfficeHours, day: date, wall: datetime, *, by: Actor) -> Followed:
    """One of the planned days takes place at another wall time, naive; whoever booked is told their own new time.

    Refused `forbidden`, `invalid`, `host_busy`.
    """
    return _change_day(hours, OfficeDaySort.MOVED, day, wall, by=by)


@transaction.atomic
def add_day(hours: OfficeHours, wall: datetime, *, by: Actor) -> Followed:
    """A further sitting at a wall time, naive."""
    return _change_day(hours, OfficeDaySort.EXTRA, wall.date(), wall, by=by)


@transaction.atomic
def take_day_back(one: OfficeDay, *, by: Actor) -> Followed:
    """The day is as planned again, and a further one is no more; whoever booked is told.

    Refused `forbidden`, `host_busy`.
    """
    hours, now = hold(one.hours), timezone.now()
    require(may_run_hours(by, hours))
    if not OfficeDay.objects.filter(pk=one.pk).delete()[0]:
        return Followed()
    return _followed_day(hours, one.sort, one.day, now, by=by, taken_back=True)


@transaction.atomic
def pause_hours(hours: OfficeHours, *, by: Actor) -> None:
    """Nobody books for the time being; what is booked takes place. Twice is once. Refused `forbidden`."""
    _pause(hours, is_paused=True, by=by)


@transaction.atomic
def resume_hours(hours: OfficeHours, *, by: Actor) -> None:
    """Slots can be booked again, and whoever waits for a free one has it. Twice is once. Refused `forbidden`."""
    _pause(hours, is_paused=False, by=by)


@transaction.atomic
def end_hours(hours: OfficeHours, last_day: date, *, by: Actor) -> Followed:
    """Nothing takes place after a day; who booked later slots is told. Refused `forbidden`, `invalid`."""
    hours, now = hold(hours), timezone.now()
    require(may_end_hours(by, hours))
    if last_day < _today(hours, now) - timedelta(days=1):
        raise Refused(_("That day has passed."), code="invalid", field="last_day")
    hours.until = last_day
    hours.save(update_fields=["until"])
    followed = follow(hours, now, by=by)
    fact = OfficeHoursEnded(hours_id=hours.pk, last_day=last_day.isoformat(), called_off=followed.called_off)
    record(fact, by=by, about=hours.host, on=hours, within=hours.group)
    return followed


def end_at_once(hours: OfficeHours, *, by: Actor) -> Followed:
    """Nothing takes place from now on, today included."""
    return end_hours(hours, _today(hours, timezone.now()) - timedelta(days=1), by=by)


def follow(hours: OfficeHours, now: datetime, *, by: Actor, is_news: bool = False) -> Followed:
    """Let the coming bookings of held hours be as the pattern is, and tell their people what has changed for them.

    It looks at the present state, so it may be called at any time: also when a country has changed its clocks.
    `is_news`: something else is new that everybody who booked is to know. Refused `host_busy` where the host moves a
    booking to a time at which they have another one.
    """
    pattern = pattern_of(hours)
    bookings = list(open_bookings(hours, now).select_related("person"))
    hold_people([hours.host_id, *(one.person_id for one in bookings)])
    found = slots_by_key(pattern, {one.key for one in bookings})
    gone, elsewhere_now, moved = [], [], 0
    for booking in bookings:
        booking.hours = hours
        slot = found.get(booking.key)
        if slot is None or slot.start <= now:
            gone.append(booking)
        elif (slot.start, slot.end) != (booking.starts_at, booking.ends_at) or (
            is_news and booking.state == BookingState.BOOKED
        ):
            was_at = booking.starts_at
            if slot.start != was_at:
                take_reminders_back(booking, now)
            if booking.is_seated and (slot.start, slot.end) != (was_at, booking.ends_at):
                elsewhere_now.append((slot.start, slot.end))
            booking.starts_at, booking.ends_at, booking.said_at = slot.start, slot.end, now
            booking.sequence += 1
            booking.save(update_fields=["starts_at", "ends_at", "said_at", "sequence"])
            moved += slot.start != was_at
            tell([booking.person], OfficeHourMoved(booking, was_at=was_at))
            if booking.state == BookingState.BOOKED and hours.is_one_to_one:
                tell([hours.host], OwnOfficeHourMoved(booking, has_moved=slot.start != was_at))
    if isinstance(by, Person):
        _check_host_is_free(hours, elsewhere_now)
    call_off(gone, now, by=by)
    give_on(hours, {one.key for one in bookings} - {one.key for one in gone}, now)
    return Followed(moved, len(gone))


def _check_host_is_free(hours: OfficeHours, spans: Sequence[Span]) -> None:
    """That the host has nothing else in these spans, in other hours or as a guest of somebody; their row is held."""
    if not spans:
        return
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    found = busy_spans([hours.host_id], start, end).get(hours.host_id, ())
    others = [span for span, of, _key in found if of != hours.pk]
    if any(clash(span, others) for span in spans):
        raise Refused(
            _("You have other office hours at that time, which somebody has booked or you have. Nothing is changed."),
            code="host_busy",
            field="day",
        )


def _take(hours: OfficeHours, words: OfficeWords, now: datetime) -> None:
    """Check what was said, and put it into the row."""
    title = " ".join(words.title.split())
    if not title:
        raise Refused(_("Please give them a title."), code="invalid", field="title")
    for name, text, most in (
        ("title", title, LONGEST_TITLE),
        ("topics", words.topics, LONGEST_TOPICS),
        ("where", words.where, LONGEST_WHERE),
    ):
        if len(text) > most:
            raise Refused(
                _("This is too long: %(most)d characters at most.") % {"most": most}, code="invalid", field=name
            )
    if words.open_to == OfficeOpenTo.GROUP and hours.group is None:
        raise Refused(_("Only hours of a group can be for its people alone."), code="invalid", field="open_to")
    if words.until is not None and words.until < words.first:
        raise Refused(_("The last day comes before the first one."), code="invalid", field="until")
    if not 1 <= words.most_each <= 20:
        raise Refused(_("One person may book 1 to 20 slots ahead."), code="invalid", field="most_each")
    plain = replace(words, title=title, topics=words.topics.strip(), where=words.where.strip())
    for one in fields(plain):
        if one.name not in ("rule", "zone", "first"):
            setattr(hours, one.name, getattr(plain, one.name))
    hours.zone = zones.canonical(words.zone)
    hours.first = aligned(words.rule, words.first)
    hours.rule = to_rrule(words.rule)
    pattern = hours.pattern(())  # says no to what makes no sense
    if hours.pk is None and not slots(pattern, now, now + FURTHEST):
        raise Refused(_("No slot lies ahead with these days."), code="invalid", field="first")


def _change_day(hours: OfficeHours, sort: OfficeDaySort, day: date, wall: datetime | None, *, by: Actor) -> Followed:
    hours, now = hold(hours), timezone.now()
    require(may_run_hours(by, hours))
    if sort != OfficeDaySort.EXTRA and not dates(hours.plain_rule, hours.first, day, day):
        raise Refused(_("These office hours are not planned on that day."), code="invalid", field="day")
    is_over = day < _today(hours, now) or (wall is not None and zones.local_to_utc(wall, hours.zone).utc <= now)
    if is_over or (wall is not None and wall.date() > _today(hours, now) + FURTHEST):
        raise Refused(_("Please take a time that lies ahead, within a year."), code="invalid", field="day")
    if hours.until is not None and max(day, wall.date() if wall else day) > hours.until:
        raise Refused(_("That is after the last day of these office hours."), code="invalid", field="day")
    if hours.days.count() >= MOST_DAYS:
        raise Refused(_("So many days are different that other hours would be plainer."), code="too_many")
    if sort == OfficeDaySort.EXTRA:
        OfficeDay.objects.get_or_create(hours=hours, sort=sort, day=day, wall=wall)
    else:
        same = OfficeDay.objects.filter(hours=hours, day=day).exclude(sort=OfficeDaySort.EXTRA)
        if not same.update(sort=sort, wall=wall):
            OfficeDay.objects.create(hours=hours, sort=sort, day=day, wall=wall)
    return _followed_day(hours, sort, day, now, by=by, taken_back=False)


def _followed_day(hours: OfficeHours, sort: str, day: date, now: datetime, *, by: Actor, taken_back: bool) -> Followed:
    followed = follow(hours, now, by=by)
    record(
        OfficeDayChanged(
            hours_id=hours.pk,
            sort=sort,
            day=day.isoformat(),
            taken_back=taken_back,
            moved=followed.moved,
            called_off=followed.called_off,
        ),
        by=by,
        about=hours.host,
        on=hours,
        within=hours.group,
    )
    return followed


def _pause(hours: OfficeHours, *, is_paused: bool, by: Actor) -> None:
    hours, now = hold(hours), timezone.now()
    require(may_run_hours(by, hours))
    if hours.is_paused == is_paused:
        return
    hours.is_paused = is_paused
    hours.save(update_fields=["is_paused"])
    fact = OfficeHoursPaused(hours_id=hours.pk) if is_paused else OfficeHoursResumed(hours_id=hours.pk)
    record(fact, by=by, about=hours.host, on=hours, within=hours.group)
    if not is_paused:
        give_on(hours, set(open_bookings(hours, now).values_list("key", flat=True)), now)


def _today(hours: OfficeHours, now: datetime) -> date:
    return now.astimezone(zones.zone(hours.zone)).date()
