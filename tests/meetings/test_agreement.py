"""What our feeds say, as others read them, is what our pages say: two years, in twelve zones."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.kit import zones
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting
from tests.calendar.reading import days_of, lines_of
from tests.factories.meetings import meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.kit.judges import read_by_icalendar, read_by_icaljs

pytestmark = pytest.mark.django_db

ZONES = [
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "Europe/Berlin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
]
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
END = dt.datetime(2028, 11, 20, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def community(freeze):
    """Groups that are anchored all over the world, with everything that can become of a meeting."""
    freeze(NOW)
    organisation()
    lantern = meeting_group(said(), name="Lantern")
    meeting_group(said("FREQ=MONTHLY;BYDAY=1TU", first="2025-02-04", at="09:30", zone="Asia/Kathmandu"), name="Hill")
    meeting_group(said("FREQ=WEEKLY;BYDAY=MO,TH", first="2026-01-05", at="23:30", zone="Australia/Lord_Howe",
                       minutes=45), name="Isle")  # fmt: skip
    meeting_group(said("FREQ=MONTHLY;BYDAY=-1FR", first="2026-01-30", at="19:00", zone="America/Santiago"), name="Sur")
    meeting_group(said("FREQ=MONTHLY;BYMONTHDAY=31", first="2026-01-31", at="06:15", zone="Africa/Casablanca",
                       minutes=120), name="Souk")  # fmt: skip
    meeting_group(said("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", at="08:00", zone="UTC-08:00"), name="Fixed")
    meeting_group(said("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", first="2026-01-04", at="00:15", zone="Pacific/Chatham"),
                  name="Edge")  # fmt: skip
    moved, cancelled, abroad, restored = (next_meeting(lantern, number=number) for number in range(4))
    move_meeting(moved, to=moved.starts + dt.timedelta(days=1, hours=2), why="Holiday", by=system())
    cancel_meeting(cancelled, why="Nobody is here", by=system())
    move_meeting(abroad, to=dt.datetime(2026, 12, 24, 7, 45), zone="Asia/Kathmandu", why="Guest", by=system())
    restore_meeting(cancel_meeting(restored, why="Doubt", by=system()), by=system())
    add_extra_meeting(lantern, title="Extra", starts=dt.datetime(2027, 10, 31, 2, 30), fold=1, zone="Europe/Berlin",
                      duration=HOUR, by=system())  # fmt: skip
    gone = add_extra_meeting(lantern, title="Gone", starts=dt.datetime(2027, 3, 1, 9), zone="Asia/Kolkata",
                             duration=HOUR, by=system())  # fmt: skip
    cancel_meeting(gone, why="Nobody is here", by=system())
    return lantern


def on_the_calendar(client, zone):
    """Everything that the pages of two years show to a reader in a zone: instant, whether it is cancelled."""
    client.cookies["zone"] = zone
    place, found, path = zones.zone(zone), [], "/calendar/"
    while True:
        page = client.get(path).content.decode()
        for day, lines in days_of(page):
            for line in lines:
                local = line.instant.astimezone(place)
                assert (local.date(), f"{local:%H:%M}") == (day, line.shown), (zone, line)
                found.append((line.instant, line.is_struck))
        if 'rel="next"' not in page:
            return found
        path = "/calendar/" + page.split('rel="next" href="')[1].split('"')[0]


def as_shown(judged):
    return sorted((start, status == "CANCELLED") for _uid, start, _end, status in judged if NOW <= start < END)


@pytest.mark.slow
def test_pages_and_feed_agree_for_two_years_in_twelve_zones(community, client):
    feed = client.get("/calendar.ics").content
    by_icalendar = as_shown(read_by_icalendar(feed, NOW, END))
    by_icaljs = as_shown(read_by_icaljs(feed, END))

    for zone in ZONES:
        shown = sorted(one for one in on_the_calendar(client, zone) if NOW <= one[0] < END)

        assert shown == by_icalendar
        assert shown == by_icaljs

    assert len(by_icalendar) > 350
    assert sum(is_cancelled for _instant, is_cancelled in by_icalendar) == 2


def test_group_s_calls_and_their_pages_agree_with_its_feed(community, client):
    feed = client.get(f"/groups/{community.slug}/calendar.ics").content
    until = community.meetings.order_by("starts_at").last().starts_at + HOUR
    judged = as_shown(read_by_icalendar(feed, NOW, until))
    last = community.meetings.filter(slot__isnull=False).order_by("starts_at").last().starts_at

    for zone in ZONES:
        client.cookies["zone"] = zone
        lines = lines_of(client.get(f"/groups/{community.slug}/meetings/").content.decode())

        assert [(line.instant, line.is_struck) for line in lines if line.instant <= last] == [
            one for one in judged if one[0] <= last
        ]
        for line in lines:
            local = line.instant.astimezone(zones.zone(zone))
            assert line.shown.endswith(f"{local:%H:%M}")
            page = client.get(line.href).content.decode()
            plate = page.split('class="plate-clock"')[1].split("</p>")[0]
            assert f'datetime="{line.instant:%Y-%m-%dT%H:%M:%SZ}">{local:%H:%M}<' in plate


def test_each_meeting_s_own_file_agrees_with_its_page(community, client):
    for meeting in community.meetings.all():
        file = client.get(f"/meetings/{meeting.pk}.ics").content
        status = "CANCELLED" if meeting.is_cancelled else "CONFIRMED"
        expected = {(meeting.uid, meeting.starts_at, meeting.ends_at, status)}

        assert read_by_icalendar(file, NOW, END) == expected


def test_a_meeting_s_own_file_is_read_by_icaljs(community, client):
    meeting = next_meeting(community)

    file = client.get(f"/meetings/{meeting.pk}.ics").content

    assert read_by_icaljs(file, END) == {(meeting.uid, meeting.starts_at, meeting.ends_at, "CONFIRMED")}
