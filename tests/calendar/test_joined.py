"""Items that other groups join: one item, in each group's feed once, and of a series the part that is joined."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import recurring_ical_events

from folkmoot.calendar.actions import AlsoIn, keep_components, publish, withdraw
from folkmoot.calendar.models import CalendarItem, FeedStamp, JoinedItem
from folkmoot.calendar.queries import public_between
from folkmoot.groups.models import Group
from tests.factories.calendar import planned
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

WEEKLY = "FREQ=WEEKLY;BYDAY=WE"
START, END = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze("2026-11-23T12:00:00Z")


@pytest.fixture
def oak():
    return Group.objects.create(slug="oak", name="Oak")


@pytest.fixture
def lantern():
    return Group.objects.create(slug="lantern", name="Lantern")


@pytest.fixture
def joined(lantern, oak):
    """Lantern meets every Wednesday, and Oak is with them on the second and the third."""
    part = AlsoIn(oak, dt.datetime(2026, 12, 2, 8), f"{WEEKLY};UNTIL=20261209T070000Z")

    def again(*also, **given):
        return publish(planned(rule=WEEKLY, group=lantern, also=also or (part,), **given))

    again()
    return again


def events(client, path):
    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    return [(str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) for event in parsed.walk("VEVENT")]


def days(client, path):
    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    return [event["DTSTART"].dt.date().isoformat() for event in recurring_ical_events.of(parsed).between(START, END)]


def test_each_feed_has_a_joined_series_once_and_the_other_group_only_its_part(client, joined):
    wednesdays = [f"2026-{day}" for day in ("11-25", "12-02", "12-09", "12-16", "12-23", "12-30")]

    for path in ("/groups/lantern/calendar.ics", "/groups/oak/calendar.ics", "/calendar.ics"):
        assert events(client, path) == [("lantern-1", 0, "CONFIRMED")]
    assert days(client, "/groups/lantern/calendar.ics") == wednesdays
    assert days(client, "/groups/oak/calendar.ics") == wednesdays[1:3]
    assert days(client, "/calendar.ics") == wednesdays


def test_calendar_page_of_a_group_has_the_part_that_it_joins_and_each_call_once(
    joined, lantern, oak, django_assert_num_queries
):
    with django_assert_num_queries(2):
        of_oak = public_between(START, END, groups=[oak])

    assert [one.starts_at.date().isoformat() for one in of_oak] == ["2026-12-02", "2026-12-09"]
    assert len(public_between(START, END, groups=[oak, lantern])) == len(public_between(START, END)) == 6


def test_feed_of_the_other_group_is_unchanged_until_something_is(client, joined, clock, oak):
    clock.shift(3600)
    path = "/groups/oak/calendar.ics"
    tag = client.get(path)["ETag"]

    joined()
    same = client.get(path, headers={"if-none-match": tag})
    joined(AlsoIn(oak, dt.datetime(2026, 12, 2, 8), f"{WEEKLY};UNTIL=20261202T070000Z"))
    other = client.get(path, headers={"if-none-match": tag})

    assert (same.status_code, other.status_code) == (304, 200)
    assert days(client, path) == ["2026-12-02"]
    assert events(client, path) == [("lantern-1", 1, "CONFIRMED")]


def test_group_that_comes_raises_no_sequence_and_one_that_leaves_learns_of_it(client, joined, lantern, oak):
    elm = Group.objects.create(slug="elm", name="Elm")
    both = AlsoIn(elm), AlsoIn(oak, dt.datetime(2026, 12, 2, 8), f"{WEEKLY};UNTIL=20261209T070000Z")

    joined(*both)
    came = events(client, "/groups/elm/calendar.ics")
    joined()
    left = events(client, "/groups/elm/calendar.ics")
    joined(*both)

    assert (came, left) == ([("lantern-1", 0, "CONFIRMED")], [("lantern-1", 1, "CANCELLED")])
    assert events(client, "/groups/elm/calendar.ics") == [("lantern-1", 2, "CONFIRMED")]
    assert public_between(START, END, groups=[elm])[0].starts_at.date() == dt.date(2026, 11, 25)
    assert JoinedItem.objects.filter(group=elm).count() == 1


def test_moved_occurrence_is_in_the_feeds_of_the_groups_that_join_it(client, joined, lantern, oak):
    moved = planned(
        group=lantern,
        recurrence_id=dt.datetime(2026, 12, 9, 8),
        starts=dt.datetime(2026, 12, 10, 9),
        also=(AlsoIn(oak),),
    )

    publish(moved)

    assert days(client, "/groups/oak/calendar.ics") == ["2026-12-02", "2026-12-10"]
    assert [one.starts_at.day for one in public_between(START, END, groups=[Group.objects.get(slug="oak")])] == [2, 10]


def test_one_joined_occurrence_stands_without_its_series(client, lantern, oak):
    publish(planned(rule=WEEKLY, group=lantern))

    publish(
        planned(
            group=lantern,
            recurrence_id=dt.datetime(2026, 12, 9, 8),
            starts=dt.datetime(2026, 12, 9, 8),
            also=(AlsoIn(oak),),
        )
    )

    assert days(client, "/groups/oak/calendar.ics") == ["2026-12-09"]
    assert len(days(client, "/groups/lantern/calendar.ics")) == 6


def test_withdrawn_series_is_cancelled_in_every_feed_and_all_are_stamped(client, joined):
    before = dict(FeedStamp.objects.values_list("key", "revision"))

    withdraw("lantern-1")

    assert events(client, "/groups/oak/calendar.ics") == [("lantern-1", 1, "CANCELLED")]
    assert dict(FeedStamp.objects.values_list("key", "revision")) == {
        key: revision + 1 for key, revision in before.items()
    }


def test_joined_parts_are_written_anew_for_another_address(client, joined, settings):
    feed = client.get("/groups/oak/calendar.ics").content
    settings.PUBLIC_ADDRESS = "https://elsewhere.example.org"

    on_the_spot = client.get("/groups/oak/calendar.ics").content
    assert keep_components() == 2

    assert client.get("/groups/oak/calendar.ics").content == on_the_spot != feed
    assert JoinedItem.objects.get().rendered_for == CalendarItem.objects.get().rendered_for
