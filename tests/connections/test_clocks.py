"""Clocks of requests, against counting minute by minute what the clock on the wall shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain import clocks
from folkmoot.connections.domain.clocks import USUAL_TIERS, Clock, Pause, Phase, State, Step, Tier, usual_steps
from folkmoot.connections.domain.opening import Opening, usual_week
from folkmoot.kit import public_holidays
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import Span

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEPS = (Step("half", 50), Step("soon", 80), Step("due", 100), Step("long", 150))
OFFICE = Opening("Europe/Berlin", usual_week(), holidays=(("DE", ""),), closed=frozenset({date(2026, 10, 6)}))
EDGES = (
    ("Europe/Berlin", datetime(2026, 3, 27, 20, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 2, 9, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, 20, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, 20, tzinfo=UTC)),
    ("America/St_Johns", datetime(2009, 10, 31, 20, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 9, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 1, 1, tzinfo=UTC)),
    ("Pacific/Chatham", datetime(2026, 9, 25, 20, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 28, 18, tzinfo=UTC)),
)
DAYS = 4

SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda one: one[0] != one[1])
WEEKS = st.lists(
    st.lists(st.builds(lambda one: Span(*one), SPANS), max_size=2).map(tuple), min_size=7, max_size=7
).map(tuple).filter(any)  # fmt: skip


@st.composite
def running_clocks(draw):
    zone, start = draw(st.sampled_from(EDGES))
    opening = None
    if draw(st.integers(0, 5)):
        closed = draw(st.sets(st.integers(0, DAYS).map(lambda ahead: start.date() + timedelta(days=ahead)), max_size=1))
        holidays = draw(st.sampled_from([(), (("DE", ""),), (("WS", ""),)]))
        opening = Opening(zone, draw(WEEKS), holidays, frozenset(closed))
    minutes = st.integers(0, DAYS * 1440)
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        first = draw(minutes)
        last = draw(st.none() | st.integers(first, DAYS * 1440))
        pauses.append(Pause(start + first * MINUTE, None if last is None else start + last * MINUTE))
    started = start + draw(st.integers(0, 600)) * MINUTE
    answered = draw(st.none() | minutes.map(lambda after: start + after * MINUTE))
    return start, Clock(started, draw(st.integers(1, 3000)) * MINUTE, opening, tuple(pauses), answered)


def wall_is_open(opening: Opening, moment: datetime) -> bool:
    wall = moment.astimezone(ZoneInfo(opening.zone)).replace(tzinfo=None)
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        if day in opening.closed or any(day in public_holidays.of_year(*one, day.year) for one in opening.holidays):
            continue
        for span in opening.week[day.weekday()]:
            first = datetime.combine(day, time()) + span.start * MINUTE
            length = span.end - span.start if span.end > span.start else span.end - span.start + 1440
            if first <= wall < first + length * MINUTE:
                return True
    return False


def minute_by_minute(start: datetime, clock: Clock) -> list[tuple[int, Phase]]:
    """For each minute how many have counted before it, and what it is like, whether answered or not."""
    found, count = [], 0
    for number in range(DAYS * 1440):
        moment = start + number * MINUTE
        phase = Phase.RUNNING
        if moment < clock.started:
            phase = Phase.NOT_YET
        elif any(one.start <= moment and (one.end is None or moment < one.end) for one in clock.pauses):
            phase = Phase.PAUSED
        elif clock.opening is not None and not wall_is_open(clock.opening, moment):
            phase = Phase.CLOSED
        found.append((count, phase))
        count += phase is Phase.RUNNING
    return found


@settings(max_examples=15, deadline=None)
@given(running_clocks(), st.data())
def test_clocks_agree_with_counting_minutes(given_, data) -> None:
    start, clock = given_
    counted = minute_by_minute(start, clock)
    limit = clock.limit // MINUTE

    reached = next((number for number, (count, _phase) in enumerate(counted) if count == limit), None)
    due = clocks.due(clock)
    if reached is not None:
        # The first minute before which enough have counted: the last of them had just passed.
        last = max(number for number in range(reached) if counted[number][1] is Phase.RUNNING)
        assert due == start + (last + 1) * MINUTE
    else:
        assert due is None or due >= start + DAYS * 1440 * MINUTE

    for _ in range(8):
        number = data.draw(st.integers(0, DAYS * 1440 - 1))
        now = start + number * MINUTE
        until = number
        if clock.answered is not None and clock.answered < now:
            until = (clock.answered - start) // MINUTE
        count = counted[until][0]
        assert clocks.spent(clock, now) == count * MINUTE
        assert clocks.remaining(clock, now) == (limit - count) * MINUTE
        assert clocks.fraction(clock, now) == count / limit
        phase = counted[number][1]
        if clock.answered is not None and clock.answered <= now:
            phase = Phase.ANSWERED
        is_late = count > limit if phase is Phase.ANSWERED else count >= limit
        keys = tuple(step.key for step in STEPS if count * 100 >= limit * step.percent)
        assert clocks.state(clock, STEPS, now) == State(phase, is_late, keys)


@settings(max_examples=30, deadline=None)
@given(running_clocks(), st.integers(0, DAYS * 1440 - 1))
def test_nothing_changes_before_the_next_change(given_, number) -> None:
    start, clock = given_
    now = start + number * MINUTE

    found = clocks.next_change(clock, STEPS, now)

    before = clocks.state(clock, STEPS, now)
    if found is None:
        for ahead in (MINUTE, HOUR, timedelta(days=3), timedelta(days=400)):
            assert clocks.state(clock, STEPS, now + ahead) == before
        return
    assert found > now
    assert clocks.state(clock, STEPS, found) != before
    parts = 12
    for part in range(1, parts):
        assert clocks.state(clock, STEPS, now + (found - now) * part / parts) == before
    assert clocks.state(clock, STEPS, found - timedelta(microseconds=1)) == before


@settings(max_examples=30, deadline=None)
@given(running_clocks(), st.lists(st.integers(0, 20 * 1440), min_size=1, max_size=12).map(sorted))
def test_steps_are_taken_once_each_and_in_time(given_, minutes) -> None:
    start, clock = given_
    clock = Clock(clock.started, clock.limit, clock.opening, clock.pauses)
    done: list[str] = []

    for minute in minutes:
        now = start + minute * MINUTE
        due_now = clocks.steps_due(clock, STEPS, done, now)
        assert due_now == tuple(
            step
            for step in STEPS
            if step.key not in done and (at := clocks.when(clock, step)) is not None and at <= now
        )
        done += [step.key for step in due_now]
        assert clocks.steps_due(clock, STEPS, done, now) == ()

    assert len(done) == len(set(done))


@pytest.mark.parametrize(
    ("started", "limit", "due"),
    [
        ("2026-10-01 16:00", 4, "2026-10-02 12:00"),
        ("2026-10-02 16:00", 2, "2026-10-05 10:00"),
        ("2026-10-02 16:00", 10, "2026-10-07 10:00"),  # Tuesday is closed
        ("2026-10-04 12:00", 8, "2026-10-05 17:00"),
        ("2026-12-24 16:00", 2, "2026-12-28 10:00"),  # Christmas on a Friday, then the weekend
    ],
)
def test_open_time_passes_over_nights_weekends_holidays_and_closed_days(started, limit, due) -> None:
    place = ZoneInfo("Europe/Berlin")
    clock = Clock(datetime.fromisoformat(started).replace(tzinfo=place), limit * HOUR, OFFICE)

    assert clocks.due(clock) == datetime.fromisoformat(due).replace(tzinfo=place)


@pytest.mark.parametrize(
    ("zone", "start", "day", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC), date(2026, 3, 29), 2),
        ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC), date(2026, 10, 25), 4),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 13, tzinfo=UTC), date(2026, 4, 5), 3.5),
        ("Pacific/Apia", datetime(2011, 12, 29, 12, tzinfo=UTC), date(2011, 12, 30), 0),
    ],
)
def test_first_three_hours_of_a_day_are_as_long_as_on_the_wall(zone, start, day, hours) -> None:
    only_that_day = tuple((Span(0, 180),) if weekday == day.weekday() else () for weekday in range(7))
    clock = Clock(start - 6 * HOUR, 100 * HOUR, Opening(zone, only_that_day))

    assert clocks.spent(clock, start + 40 * HOUR) == hours * HOUR


def test_pause_without_an_end_keeps_it_from_being_due() -> None:
    started = datetime(2026, 10, 1, 8, tzinfo=UTC)
    asked = Clock(started, 4 * HOUR, pauses=(Pause(started + HOUR),))
    answered = Clock(started, 4 * HOUR, pauses=(Pause(started + HOUR, started + 3 * HOUR),))

    assert clocks.due(asked) is None
    assert clocks.next_change(asked, STEPS, started + 2 * HOUR) is None
    assert clocks.state(asked, STEPS, started + 100 * HOUR) == State(Phase.PAUSED, False, ())
    assert clocks.due(answered) == started + 6 * HOUR
    assert clocks.next_change(answered, STEPS, started + 2 * HOUR) == started + 3 * HOUR


def test_answer_stops_the_clock_and_all_steps() -> None:
    started = datetime(2026, 10, 1, 8, tzinfo=UTC)
    just_in_time = Clock(started, 4 * HOUR, answered=started + 4 * HOUR)
    late = Clock(started, 4 * HOUR, answered=started + 5 * HOUR)
    later = started + 9 * HOUR

    assert clocks.state(just_in_time, STEPS, later) == State(Phase.ANSWERED, False, ("half", "soon", "due"))
    assert clocks.state(late, STEPS, later) == State(Phase.ANSWERED, True, ("half", "soon", "due"))
    assert clocks.steps_due(late, STEPS, (), later) == ()
    assert clocks.steps_due(late, STEPS, ("half",), started + 4 * HOUR) == STEPS[1:3]
    assert clocks.next_change(late, STEPS, later) is None


def test_tiers_have_their_usual_steps() -> None:
    found = {tier.key: [(step.key, step.percent) for step in usual_steps(tier)] for tier in USUAL_TIERS}

    rest = [("soon", 80), ("due", 100), ("long", 200)]
    assert found == {
        "critical": [("hoped", 50), *rest],
        "high": rest,
        "medium": [("hoped", 67), *rest],
        "low": rest,
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda: Tier("odd", 2 * HOUR, HOUR),
        lambda: Tier("none", timedelta(), HOUR),
        lambda: Step("none", 0),
        lambda: Pause(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
        lambda: Clock(datetime(2026, 1, 2, tzinfo=UTC), timedelta()),
        lambda: Opening("Europe/Berlin", ((),) * 7),
        lambda: Opening("Europe/Nowhere", usual_week()),
        lambda: Opening("Europe/Berlin", usual_week(), holidays=(("ZZ", ""),)),
    ],
)
def test_what_makes_no_sense_is_refused(make) -> None:
    with pytest.raises(Refused):
        make()
