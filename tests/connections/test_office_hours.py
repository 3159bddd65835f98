"""Office hours: slots in every zone and season, and what can be booked or given back at an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.office_hours import Hours, Offer, Slot, may_book, may_cancel, offers, slots
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned
from folkmoot.kit.verdict import YES, no

WEEKLY = Rule("WEEKLY", weekdays=(1,))
TUESDAY = date(2026, 10, 6)
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
BERLIN = Hours("Europe/Berlin", WEEKLY, TUESDAY, time(14), slots=2, ahead=timedelta(days=9))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "UTC")


@st.composite
def patterns(draw):
    rule = draw(st.sampled_from([
        Rule("DAILY"), Rule("WEEKLY", weekdays=(1, 6)), Rule("WEEKLY", interval=2),
        Rule("MONTHLY", weekdays=(6,), nth=(-1,)),
    ]))  # fmt: skip
    first = aligned(rule, date(2026, 3, 1) + draw(st.integers(0, 300)) * DAY)
    some_day = st.integers(0, 60).map(lambda ahead: first + ahead * DAY)
    wall = st.builds(datetime.combine, some_day, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
    minutes, gap = draw(st.integers(5, 90)), draw(st.integers(0, 20))
    return Hours(
        draw(st.sampled_from(ZONES)),
        rule,
        first,
        draw(st.sampled_from([time(0), time(1, 30), time(2, 15), time(9), time(23, 45)])),
        minutes=minutes,
        gap=gap,
        slots=draw(st.integers(1, min(48, 720 // (minutes + gap)))),
        seats=draw(st.integers(1, 3)),
        notice=draw(st.integers(0, 48)) * HOUR,
        ahead=draw(st.integers(3, 30)) * DAY,
        left_out=frozenset(draw(st.sets(some_day, max_size=3))),
        moved=draw(st.dictionaries(some_day, wall, max_size=2)),
        extra=tuple(draw(st.lists(wall, max_size=2))),
    )


def test_slots_follow_each_other_on_the_days_of_the_rule() -> None:
    assert slots(BERLIN, NOW, NOW + 9 * DAY) == [
        Slot("2026-10-06.1", datetime(2026, 10, 6, 12, tzinfo=UTC), datetime(2026, 10, 6, 12, 30, tzinfo=UTC)),
        Slot("2026-10-06.2", datetime(2026, 10, 6, 12, 30, tzinfo=UTC), datetime(2026, 10, 6, 13, tzinfo=UTC)),
        Slot("2026-10-13.1", datetime(2026, 10, 13, 12, tzinfo=UTC), datetime(2026, 10, 13, 12, 30, tzinfo=UTC)),
        Slot("2026-10-13.2", datetime(2026, 10, 13, 12, 30, tzinfo=UTC), datetime(2026, 10, 13, 13, tzinfo=UTC)),
    ]


def test_slots_keep_the_wall_time_of_the_host_and_move_for_others() -> None:
    """Clocks change in Berlin on 25 October, in New York a week later."""
    walls = [
        (slot.on_wall("Europe/Berlin")[0].hour, slot.on_wall("America/New_York")[0].hour)
        for slot in slots(BERLIN, datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC))[::2]
    ]

    assert walls == [(14, 8), (14, 9), (14, 8)]


def test_exceptions_leave_out_move_and_add_blocks() -> None:
    hours = Hours(
        "Europe/Berlin", WEEKLY, TUESDAY, time(14), slots=1,
        left_out=frozenset({date(2026, 10, 13)}),
        moved={
            date(2026, 10, 20): datetime(2026, 10, 22, 9),
            date(2026, 10, 13): datetime(2026, 10, 14, 9),
            date(2026, 10, 7): datetime(2026, 10, 8, 9),
        },
        extra=(datetime(2026, 10, 9, 10), datetime(2026, 10, 6, 14, 15)),
    )  # fmt: skip

    found = [(slot.key, slot.on_wall("Europe/Berlin")[0]) for slot in slots(hours, NOW, NOW + 18 * DAY)]

    assert found == [
        ("2026-10-06.1", datetime(2026, 10, 6, 14)),
        ("extra-2026-10-09T10:00.1", datetime(2026, 10, 9, 10)),
        ("2026-10-20.1", datetime(2026, 10, 22, 9)),
    ]


@settings(max_examples=40, deadline=None)
@given(patterns(), st.integers(-48, 1500))
def test_slots_are_apart_as_long_as_they_say_and_the_same_in_any_window(hours, ahead) -> None:
    start = datetime.combine(hours.first, time(), UTC) + ahead * HOUR
    days = 8

    found = slots(hours, start, start + days * DAY)

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.end - one.start == timedelta(minutes=hours.minutes) for one in found)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        if one.key.endswith(".1") and one.key.startswith("20") and date.fromisoformat(one.key[:10]) not in hours.moved:
            wall = datetime.combine(date.fromisoformat(one.key[:10]), hours.start)
            assert one.start == wall.replace(tzinfo=ZoneInfo(hours.zone)).astimezone(UTC)
    pieces = [slots(hours, start + n * DAY, start + (n + 1) * DAY) for n in range(days)]
    assert [one for piece in pieces for one in piece] == found


@settings(max_examples=30, deadline=None)
@given(patterns(), st.integers(0, 1500), st.integers(0, 3))
def test_what_is_bookable_keeps_every_rule(hours, ahead, taken) -> None:
    now = datetime.combine(hours.first, time(), UTC) + ahead * HOUR
    booked = {slot.key: taken for slot in slots(hours, now, now + 40 * DAY)[::2]}

    found = offers(hours, booked, now)

    for offer in found:
        left = hours.seats - booked.get(offer.slot.key, 0)
        assert offer.seats_left == max(left, 0)
        assert bool(offer.verdict) == (
            left > 0 and hours.notice <= offer.slot.start - now <= hours.ahead and offer.slot.start > now
        )
    assert [offer.slot for offer in found] == [
        slot for slot in slots(hours, now, now + 40 * DAY) if now <= slot.start <= now + hours.ahead
    ]


FIRST, SECOND = slots(BERLIN, NOW, NOW + DAY * 3)


@pytest.mark.parametrize(
    ("now", "booked", "more", "verdict"),
    [
        (FIRST.start - 12 * HOUR, {}, {}, YES),
        (FIRST.start - 9 * DAY, {}, {}, YES),
        (FIRST.start - 12 * HOUR + timedelta(seconds=1), {}, {}, no("It takes 12 hours notice; this one is sooner.")),
        (FIRST.start - 9 * DAY - HOUR, {}, {}, no("This one opens 9 days before it begins.")),
        (FIRST.start, {}, {}, no("This one has begun.")),
        (NOW, {FIRST.key: 1}, {}, no("This one is taken.")),
        (NOW, {FIRST.key: 1}, {"own": {FIRST.key}}, no("You have this one already.")),
        (NOW, {}, {"busy": [(NOW, FIRST.start + timedelta(seconds=1))]}, no("You have something else at that time.")),
        (NOW, {SECOND.key: 1}, {"busy": [(FIRST.end, SECOND.end)], "own": {SECOND.key}}, YES),
    ],
)  # fmt: skip
def test_booking_says_why_not(now, booked, more, verdict) -> None:
    assert may_book(BERLIN, FIRST, booked, now, **more) == verdict


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (2 * HOUR, YES),
        (2 * HOUR - timedelta(seconds=1), no("It begins in less than 2 hours. Please tell whoever holds it.")),
        (timedelta(), no("This one has begun.")),
    ],
)
def test_giving_back_is_possible_until_shortly_before(before, verdict) -> None:
    assert may_cancel(BERLIN, FIRST, FIRST.start - before) == verdict


def test_offers_are_for_one_reader() -> None:
    assert offers(BERLIN, {FIRST.key: 1}, NOW, own={FIRST.key})[:2] == [
        Offer(FIRST, 0, no("You have this one already.")),
        Offer(SECOND, 1, YES),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 4},
        {"gap": -1},
        {"slots": 0},
        {"slots": 25},
        {"seats": 0},
        {"notice": timedelta(days=30)},
        {"cancel": -HOUR},
        {"zone": "Europe/Nowhere"},
        {"first": date(2026, 10, 7)},
    ],
)
def test_patterns_that_make_no_sense_are_refused(change) -> None:
    usual = {"zone": "Europe/Berlin", "rule": WEEKLY, "first": TUESDAY, "start": time(14)}

    with pytest.raises(Refused):
        Hours(**{**usual, **change})
