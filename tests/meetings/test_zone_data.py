"""A country changes its laws: the wall time of what was planned stays, and everyone is told of the new instant."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from importlib import resources

import icalendar
import pytest

from folkmoot.calendar.models import CalendarItem
from folkmoot.kit import zones
from folkmoot.kit.ical import vtimezone
from folkmoot.kit.zones import names
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import add_extra_meeting, cancel_meeting, follow_zone_data, move_meeting
from folkmoot.meetings.models import JoinedMeeting
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def _forget_zones():
    zoneinfo.ZoneInfo.clear_cache()
    for kept in (names._load, zones.clock._of_year, vtimezone):
        kept.cache_clear()


@pytest.fixture
def swapped_zone_data(tmp_path):
    """From its call on, Los Angeles keeps to winter time all year, as Phoenix does."""
    before = zoneinfo.TZPATH

    def swap():
        folder = tmp_path / "America"
        folder.mkdir()
        phoenix = resources.files("tzdata") / "zoneinfo" / "America" / "Phoenix"
        (folder / "Los_Angeles").write_bytes(phoenix.read_bytes())
        zoneinfo.reset_tzpath(to=(str(tmp_path),))
        _forget_zones()

    yield swap
    zoneinfo.reset_tzpath(to=before)
    _forget_zones()


def test_wall_time_stays_and_the_new_instant_is_told(freeze, settle, swapped_zone_data, client):
    from folkmoot.meetings.tasks import keep_meetings_ahead

    clock = freeze("2026-11-23T12:00Z")
    group = meeting_group(said("FREQ=WEEKLY;BYDAY=WE"))
    settle()
    plain, moved, cancelled = (next_meeting(group, number=number) for number in range(3))
    move_meeting(moved, to=moved.starts + dt.timedelta(days=1), why="Holiday", by=system())
    cancel_meeting(cancelled, why="Nobody is here", by=system())
    extra = add_extra_meeting(
        group, starts=dt.datetime(2026, 11, 30, 10), zone="Europe/Berlin", duration=dt.timedelta(hours=1), by=system()
    )
    tag = client.get(f"/groups/{group.slug}/calendar.ics")["ETag"]
    before = {meeting.pk: meeting for meeting in group.meetings.all()}
    sequences = {item.pk: item.sequence for item in CalendarItem.objects.all()}
    clock.shift(3600)
    swapped_zone_data()

    for _night in range(2):
        keep_meetings_ahead.enqueue()
        settle()

    after = {meeting.pk: meeting for meeting in group.meetings.all()}
    assert after.keys() == before.keys()
    for pk, old in before.items():
        new = after[pk]
        assert (new.starts, new.zone, new.why, new.status) == (old.starts, old.zone, old.why, old.status)
        shift = dt.timedelta() if new == extra else -dt.timedelta(hours=1)  # Phoenix is an hour ahead of winter in LA
        assert new.starts_at - old.starts_at == shift
        assert new.ends_at - new.starts_at == new.duration
    raised = {
        item.recurrence_id or item.uid for item in CalendarItem.objects.all() if item.sequence == sequences[item.pk] + 1
    }
    same = {item.uid for item in CalendarItem.objects.all() if item.sequence == sequences[item.pk]}
    assert raised == {plain.slot.uid, moved.original, cancelled.original}
    assert same == {extra.uid}
    told = Entry.objects.filter(kind="meetings.shifted").order_by("pk")
    assert told.count() == len(before) - 1
    assert told[0].payload == {
        "meeting_id": plain.pk,
        "wall": "2026-11-25 08:00",
        "place": "Los Angeles",
        "was": "2026-11-25 16:00 UTC",
        "now": "2026-11-25 15:00 UTC",
    }
    feed = client.get(f"/groups/{group.slug}/calendar.ics", headers={"if-none-match": tag})
    parsed = icalendar.Calendar.from_ical(feed.content)
    series = next(event for event in parsed.walk("VEVENT") if "RRULE" in event)
    clocks = {str(zone["TZID"]): zone for zone in parsed.walk("VTIMEZONE")}
    assert feed.status_code == 200
    assert (series["DTSTART"].dt.replace(tzinfo=None).time(), series["SEQUENCE"]) == (dt.time(8), 1)
    # Whoever reads it by the zone that the feed itself carries comes to the new instant.
    parts = clocks["America/Los_Angeles"].subcomponents
    assert [(part.name, part["TZOFFSETTO"].td) for part in parts] == [("STANDARD", dt.timedelta(hours=-7))]


def test_people_of_a_group_that_holds_the_calls_too_are_told(freeze, settle, swapped_zone_data):
    freeze("2026-11-23T12:00Z")
    organisation()
    host, joined = meeting_group(said("FREQ=WEEKLY;BYDAY=WE")), meeting_group(name="Oak")
    JoinedMeeting.objects.create(meeting=next_meeting(host), group=joined)
    ben = join(PersonFactory(zone="Europe/Lisbon"), joined)
    swapped_zone_data()

    follow_zone_data(host, now=dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))
    settle()

    (told,) = Telling.objects.filter(kind="meetings.calls_shifted")
    assert told.person == ben
    assert "It is now Wednesday 25 November 2026 at 15:00, Lisbon time." in told.text


def test_people_are_told_their_new_time_once_and_those_of_the_country_that_nothing_changes(
    freeze, settle, swapped_zone_data
):
    from folkmoot.meetings.tasks import keep_meetings_ahead

    freeze("2026-11-23T12:00Z")
    organisation()
    group = meeting_group(said("FREQ=WEEKLY;BYDAY=WE"))
    there, elsewhere = (join(PersonFactory(zone=zone), group) for zone in ("America/Los_Angeles", "Europe/Lisbon"))
    swapped_zone_data()

    for _night in range(2):
        keep_meetings_ahead.enqueue()
        settle()

    said_first = (
        "The clocks of Los Angeles will change otherwise than was known when the calls of Lantern Working Group were "
        "planned. The calls keep their time there: Wednesday 25 November 2026 at 08:00, Los Angeles time.\n\n"
    )
    changes = f" {group.meetings.filter(starts_at__gt=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)).count()} calls change"
    assert {telling.person: telling.text for telling in Telling.objects.filter(kind="meetings.calls_shifted")} == {
        there: f"{said_first}By your clock nothing changes.{changes} in this way.",
        elsewhere: f"{said_first}By your clock that was Wednesday 25 November 2026 at 16:00, Lisbon time. It is now "
        f"Wednesday 25 November 2026 at 15:00, Lisbon time.{changes} in this way.",
    }


def test_nothing_is_told_while_laws_stay(freeze):
    freeze("2026-11-23T12:00Z")
    group = meeting_group()
    add_extra_meeting(
        group, starts=dt.datetime(2027, 10, 31, 2, 30), fold=1, zone="Europe/Berlin", duration=dt.timedelta(hours=1),
        by=system(),
    )  # fmt: skip

    assert follow_zone_data(group, now=dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)) == 0
    assert not Entry.objects.filter(kind="meetings.shifted").exists()


def test_meetings_of_the_past_keep_the_instant_they_had(freeze, swapped_zone_data):
    clock = freeze("2026-11-23T12:00Z")
    group = meeting_group()
    first = next_meeting(group)
    clock.move_to("2026-11-26T12:00Z")
    swapped_zone_data()

    follow_zone_data(group, now=dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC))

    instant = first.starts_at
    first.refresh_from_db()
    assert first.starts_at == instant
    assert next_meeting(group).starts_at == dt.datetime(2026, 12, 9, 15, tzinfo=dt.UTC)
