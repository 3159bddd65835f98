from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.ui import plate_words
from folkmoot.ui.plate import DayPart, PlateState, TimePlate, day_part, time_plate
from tests.ui.hostile import parsed

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANCHOR = "America/Los_Angeles"


def plate(reader: str = "Asia/Kolkata", starts: datetime = STARTS, **more: object) -> TimePlate:
    given: dict = {"anchor_zone": ANCHOR, "zone_known": True, "now": NOW, **more}
    return time_plate(starts, given.pop("duration", HOUR), reader_zone=reader, **given)


def drift_for(reader: str, anchor: str = ANCHOR, first: datetime = datetime(2026, 11, 25, 8)) -> zones.Drift | None:
    """Of a fortnightly call at a fixed wall time, looked at for a year."""
    wall = [first + timedelta(weeks=2 * number) for number in range(27)]
    return zones.drift([(local, zones.local_to_utc(local, anchor).utc) for local in wall], anchor, reader)


def text(plate: TimePlate, clock: str = "24") -> list[str]:
    lines = [
        parsed(plate_words.eyebrow(plate, clock)).text,
        plate_words.day_line(plate),
        plate_words.place_line(plate, clock),
        plate_words.utc_line(plate, clock),
        plate_words.drift_note(plate, clock),
        plate_words.moved_note(plate, clock),
        plate_words.cancelled_note(plate),
    ]
    return [line for line in lines if line]


def test_plate_of_the_next_call_in_another_zone() -> None:
    shown = plate(is_next=True, drift=drift_for("Asia/Kolkata"))

    assert text(shown) == [
        "Next call, in 2 days",
        "Wednesday 25 November, your time in Kolkata",
        "08:00 in Los Angeles, where this call is anchored",
        "1 hour, from 16:00 to 17:00 UTC",
        "From 17 March 2027 it moves to 20:30 for you: clocks change in Los Angeles and not in Kolkata.",
    ]
    assert (shown.here.hour, shown.here.minute) == (21, 30)
    assert not shown.same_clock
    assert shown.same_date


def test_plate_on_a_clock_of_twelve_hours() -> None:
    lines = text(plate(is_next=True, drift=drift_for("Asia/Kolkata")), "12")

    assert lines[2] == "8:00\u00a0am in Los Angeles, where this call is anchored"
    assert lines[3] == "1 hour, from 4:00\u00a0pm to 5:00\u00a0pm UTC"
    assert "8:30\u00a0pm for you" in lines[4]


def test_plate_for_a_reader_whose_zone_is_not_known() -> None:
    shown = plate("Asia/Kolkata", zone_known=False, drift=drift_for("Asia/Kolkata"))

    assert shown.zone == ANCHOR
    assert shown.drift is None
    assert text(shown) == [
        "A call in 2 days",
        "Wednesday 25 November, time in Los Angeles",
        "This is where the call is anchored; your own zone is not known yet.",
        "1 hour, from 16:00 to 17:00 UTC",
    ]


def test_plate_in_the_readers_own_zone() -> None:
    shown = plate(ANCHOR)

    assert shown.same_zone
    assert text(shown)[1:3] == [
        "Wednesday 25 November, your time in Los Angeles",
        "The call is anchored to the clocks of your own zone.",
    ]


def test_plate_knows_an_old_name_of_the_readers_zone() -> None:
    assert plate("US/Pacific").same_zone


def test_plate_in_another_zone_with_the_same_clock() -> None:
    shown = plate("Europe/Paris", anchor_zone="Europe/Berlin")

    assert not shown.same_zone
    assert text(shown)[2] == "The same hour as in Berlin, where this call is anchored"


def test_plate_on_another_date_names_the_weekday() -> None:
    shown = plate("Pacific/Auckland")

    assert not shown.same_date
    assert text(shown)[1:4] == [
        "Thursday 26 November, your time in Auckland",
        "08:00 on Wednesday in Los Angeles, where this call is anchored",
        "1 hour, from 16:00 on Wednesday to 17:00 UTC",
    ]


def test_plate_anchored_to_an_offset() -> None:
    assert text(plate(anchor_zone="UTC"))[2] == "16:00 UTC, to which this call is anchored"
    assert text(plate("Pacific/Auckland", anchor_zone="UTC"))[2] == (
        "16:00 UTC on Wednesday, to which this call is anchored"
    )
    assert text(plate(anchor_zone="UTC", zone_known=False))[1] == "Wednesday 25 November, in UTC"


def test_cancelled_plate_says_so_and_tells_of_no_drift() -> None:
    shown = plate(cancelled=True, is_next=True, drift=drift_for("Asia/Kolkata"))

    assert shown.state is PlateState.CANCELLED
    assert text(shown)[0] == "Cancelled"
    assert text(shown)[-1] == "This call does not take place."
    assert len(text(shown)) == 5


def test_moved_plate_says_from_when() -> None:
    on_the_day = plate(moved_from=STARTS - timedelta(hours=3))
    another_day = plate(moved_from=STARTS - timedelta(days=1, hours=3))

    assert text(on_the_day)[-1] == "This one was moved: it would have been at 18:30."
    assert text(another_day)[-1] == "This one was moved: it would have been on Tuesday 24 November at 18:30."


@pytest.mark.parametrize(
    ("since", "state", "words"),
    [
        (timedelta(seconds=-1), PlateState.AHEAD, "Next call, now"),
        (timedelta(), PlateState.LIVE, "Under way, until 22:30"),
        (timedelta(minutes=59), PlateState.LIVE, "Under way, until 22:30"),
        (timedelta(minutes=60), PlateState.OVER, "A past call, 1 hour ago"),
        (timedelta(days=16), PlateState.OVER, "A past call, 2 weeks ago"),
    ],
)
def test_plate_as_time_goes_by(since, state, words) -> None:
    shown = plate(now=STARTS + since, is_next=True)

    assert shown.state is state
    assert text(shown)[0] == words


def test_drift_by_the_readers_clocks() -> None:
    shown = plate("Europe/Lisbon", anchor_zone="Asia/Kolkata", drift=drift_for("Europe/Lisbon", "Asia/Kolkata"))

    assert plate_words.drift_note(shown, "24") == (
        "From 31 March 2027 it moves to 03:30 for you: clocks change in Lisbon and not in Kolkata."
    )


def test_drift_over_midnight_names_the_new_weekday() -> None:
    # 23:30 in Kolkata becomes half past midnight when the clocks of the anchor go back.
    first = datetime(2026, 10, 14, 14, 0)
    found = drift_for("Asia/Kolkata", "America/New_York", first)
    shown = plate(
        "Asia/Kolkata",
        zones.local_to_utc(first, "America/New_York").utc,
        anchor_zone="America/New_York",
        now=datetime(2026, 10, 12, tzinfo=UTC),
        drift=found,
    )

    assert plate_words.drift_note(shown, "24") == (
        "From 12 November it moves to Thursday, 00:30 for you: clocks change in New York and not in Kolkata."
    )


def test_drift_is_told_for_both_clocks() -> None:
    found = drift_for("Europe/London", "America/New_York", datetime(2026, 10, 21, 8))
    assert found is not None
    both = zones.Drift(found.at, found.now, found.then, found.moved_by, "both", found.clocks)

    words = plate_words.drift_note(plate("Europe/London", anchor_zone="America/New_York", drift=both), "24")

    assert words.endswith("for you: clocks change in both places, not alike.")


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "night"),
        (6, "night"),
        (7, "dawn"),
        (8, "dawn"),
        (9, "day"),
        (17, "day"),
        (18, "evening"),
        (21, "evening"),
        (22, "night"),
    ],
)
def test_parts_of_the_day(hour, part) -> None:
    assert day_part(hour) is DayPart(part)


def test_strip_marks_the_hours_of_the_call() -> None:
    shown = plate(duration=timedelta(minutes=90))

    assert [hour.number for hour in shown.hours if hour.is_start] == [21]
    assert [hour.number for hour in shown.hours if hour.is_on] == [22]


def test_strip_ends_at_midnight_where_the_call_goes_on() -> None:
    shown = plate(duration=timedelta(hours=5))

    assert [hour.number for hour in shown.hours if hour.is_on] == [22, 23]


def test_strip_has_words() -> None:
    assert plate_words.strip_words(plate(), "24") == (
        "Your day from midnight to midnight: the call is in the evening, at 21:30"
    )
    assert plate_words.strip_words(plate(zone_known=False), "24") == (
        "The day in Los Angeles: the call is early in the morning, at 08:00"
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"starts": datetime(2026, 1, 1)}, "zone"),
        ({"now": datetime(2026, 1, 1)}, "zone"),
        ({"moved_from": datetime(2026, 1, 1)}, "zone"),
        ({"duration": timedelta(minutes=-1)}, "before"),
    ],
)
def test_plate_refuses_what_makes_no_sense(change, fault) -> None:
    with pytest.raises(ValueError, match=fault):
        plate(**change)


@given(
    starts=st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(0, 48 * 60),
    reader=st.sampled_from(["Asia/Kathmandu", "Pacific/Kiritimati", "Australia/Lord_Howe", "Pacific/Chatham", "UTC"]),
    anchor=st.sampled_from(["America/Los_Angeles", "Africa/Casablanca", "Pacific/Apia", "UTC-08:00"]),
)
def test_plate_of_any_call_keeps_the_instant_and_one_start(starts, minutes, reader, anchor) -> None:
    shown = time_plate(
        starts, timedelta(minutes=minutes), anchor_zone=anchor, reader_zone=reader, zone_known=True, now=NOW
    )

    # In the hour that comes twice, Python calls the same instant in two zones unequal.
    assert shown.here.astimezone(UTC) == shown.there.astimezone(UTC) == starts
    assert len(shown.hours) == 24
    assert sum(hour.is_start for hour in shown.hours) == 1
    assert shown.minutes == minutes
    for clock in ("24", "12"):
        assert all(text(shown, clock))


def test_drawn_plate_is_named_and_can_be_swapped(draw) -> None:
    html = draw(
        '{% time_plate plate id="next" level=3 %}{% agenda %}{% agenda_line "Welcome" 5 %}'
        "{% endagenda %}{% endtime_plate %}",
        plate=plate(is_next=True),
    )

    markup = parsed(html)
    section = markup.one("section")
    assert section["id"] == "next"
    assert "data-zoned" in section
    assert section["aria-labelledby"] == "next-title next-day"
    assert markup.one("h3")["id"] == "next-title"
    assert markup.one("time")["datetime"] == "2026-11-25T16:00:00Z"
    assert "Welcome" in markup.text
    strip = next(attrs for attrs in markup.all("div") if attrs.get("role") == "img")
    assert str(strip["aria-label"]).startswith("Your day")


def test_drawn_plate_offers_to_show_the_readers_time_where_it_is_not_known(draw) -> None:
    html = draw("{% time_plate plate %}{% endtime_plate %}", plate=plate(zone_known=False))

    assert parsed(html).one("a")["href"] == "/preferences/"
