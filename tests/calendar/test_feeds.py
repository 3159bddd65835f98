from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.utils.http import http_date

from folkmoot.calendar.actions import publish, withdraw
from folkmoot.calendar.models import Audience, CalendarItem
from folkmoot.groups.models import Group
from tests.factories.calendar import planned
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = "2026-11-23T12:00:00Z"
GROUP_FEED = "/groups/lantern/calendar.ics"


@pytest.fixture(autouse=True)
def lantern(freeze):
    freeze(NOW)
    organisation()
    return Group.objects.create(slug="lantern", name="Lantern")


def summaries(response):
    parsed = icalendar.Calendar.from_ical(response.content)
    return [str(event["SUMMARY"]) for event in parsed.walk("VEVENT")]


def test_group_feed_has_its_own_items_and_the_organisation_feed_all(client, lantern):
    oak = Group.objects.create(slug="oak", name="Oak")
    publish(planned(uid="1", summary="Lantern call", group=lantern))
    publish(planned(uid="2", summary="Oak call", group=oak))
    publish(planned(uid="3", summary="Open day"))

    assert summaries(client.get(GROUP_FEED)) == ["Lantern call"]
    assert summaries(client.get("/calendar.ics")) == ["Lantern call", "Oak call", "Open day"]


def test_feed_says_what_it_is(client, lantern, freeze):
    publish(planned(group=lantern))
    freeze("2026-11-23T13:00:00Z")

    response = client.get(GROUP_FEED)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Content-Disposition"] == 'inline; filename="lantern.ics"'
    assert response["Last-Modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"
    assert response["ETag"].startswith('"')
    text = response.content.decode()
    assert "X-WR-CALNAME:Lantern\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in text
    assert "METHOD" not in text


def test_feed_needs_no_session_and_reads_the_same_for_everyone(client, lantern):
    publish(planned(group=lantern))
    anonymous = client.get(GROUP_FEED)
    client.cookies["zone"] = "Asia/Kolkata"

    with_zone = client.get(GROUP_FEED)

    assert anonymous.content == with_zone.content
    assert anonymous["ETag"] == with_zone["ETag"]
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")


def test_signed_in_reader_gets_the_same_feed(client, lantern):
    publish(planned(group=lantern))
    anonymous = client.get(GROUP_FEED)
    client.force_login(PersonFactory())

    assert client.get(GROUP_FEED).content == anonymous.content


def test_unknown_group_has_no_feed(client):
    assert client.get("/groups/nobody/calendar.ics").status_code == 404


def test_group_without_items_has_an_empty_feed(client):
    response = client.get(GROUP_FEED)

    assert response.status_code == 200
    assert summaries(response) == []
    assert "Last-Modified" not in response


def test_feeds_only_answer_safe_methods(client):
    for path in (GROUP_FEED, "/calendar.ics"):
        assert client.post(path).status_code == 405
        assert client.delete(path).status_code == 405


def test_head_has_the_headers_of_get_and_no_body(client, lantern):
    publish(planned(group=lantern))

    head, get = client.head(GROUP_FEED), client.get(GROUP_FEED)

    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("path", [GROUP_FEED, "/calendar.ics"])
def test_unchanged_feed_is_answered_by_its_tag(client, lantern, path):
    publish(planned(group=lantern))
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


def test_weak_and_listed_tags_count_as_well(client, lantern):
    publish(planned(group=lantern))
    tag = client.get(GROUP_FEED)["ETag"]

    assert client.get(GROUP_FEED, headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    assert client.get(GROUP_FEED, headers={"if-none-match": "*"}).status_code == 304
    assert client.get(GROUP_FEED, headers={"if-none-match": '"other"'}).status_code == 200


def test_unchanged_feed_is_answered_by_its_date(client, lantern, freeze):
    publish(planned(group=lantern))
    freeze("2026-11-23T12:00:01Z")
    first = client.get(GROUP_FEED)

    assert client.get(GROUP_FEED, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_tag_counts_before_the_date(client, lantern, freeze):
    publish(planned(group=lantern))
    freeze("2026-11-23T13:00:00Z")
    headers = {"if-none-match": '"other"', "if-modified-since": http_date(dt.datetime(2030, 1, 1).timestamp())}

    assert client.get(GROUP_FEED, headers=headers).status_code == 200


def test_within_the_second_of_a_change_only_the_tag_is_given(client, lantern, freeze):
    """A second change in it would carry the same date, and a calendar that asks by date would miss it."""
    freeze("2026-11-23T12:00:00.2Z")
    publish(planned(group=lantern))
    first = client.get(GROUP_FEED)
    publish(planned(group=lantern, summary="Changed at once"))
    freeze("2026-11-23T12:00:05Z")

    again = client.get(GROUP_FEED, headers={"if-none-match": first["ETag"]})

    assert "Last-Modified" not in first
    assert again.status_code == 200
    assert summaries(again) == ["Changed at once"]


CHANGES = {
    "changed": lambda group: publish(planned(group=group, summary="Other")),
    "moved": lambda group: publish(planned(group=group, starts=dt.datetime(2026, 11, 26, 8))),
    "withdrawn": lambda group: withdraw("lantern-1"),
    "added": lambda group: publish(planned(uid="lantern-2", group=group)),
    "left for another group": lambda group: publish(planned(group=Group.objects.create(slug="oak", name="Oak"))),
    "hidden": lambda group: publish(planned(group=group, audience=Audience.GROUP)),
    "group renamed": lambda group: Group.objects.filter(pk=group.pk).update(name="Lamp"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_tag_is_another_after_any_change(client, lantern, change):
    publish(planned(group=lantern))
    first = client.get(GROUP_FEED)

    change(lantern)

    again = client.get(GROUP_FEED, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again.content != first.content


def test_tag_and_body_are_the_same_until_something_changes(client, lantern, freeze):
    publish(planned(group=lantern))
    first = client.get(GROUP_FEED)
    freeze("2027-03-30T00:00:00Z")
    publish(planned(group=lantern))

    again = client.get(GROUP_FEED)

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_new_zone_data_change_the_tag(client, lantern, monkeypatch):
    publish(planned(group=lantern))
    first = client.get(GROUP_FEED)
    monkeypatch.setattr("folkmoot.kit.zones.data_version", lambda: "2099z")

    assert client.get(GROUP_FEED, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_feed_is_right_at_a_new_address_before_the_nightly_task(client, lantern, settings):
    publish(planned(group=lantern, rule="FREQ=WEEKLY;BYDAY=WE"))
    publish(planned(group=lantern, recurrence_id=dt.datetime(2026, 12, 2, 8), is_cancelled=True))
    first = client.get(GROUP_FEED)
    settings.PUBLIC_ADDRESS = "https://moot.example.org"

    again = client.get(GROUP_FEED, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again.content.decode().count("URL:https://moot.example.org/meetings/1/\r\n") == 2
    assert "localhost" not in again.content.decode()


def test_items_for_a_group_alone_are_in_no_feed(client, lantern):
    publish(planned(group=lantern, audience=Audience.GROUP))

    assert summaries(client.get(GROUP_FEED)) == []
    assert summaries(client.get("/calendar.ics")) == []


def test_cancelled_items_stay_in_the_feed(client, lantern):
    publish(planned(group=lantern))
    withdraw("lantern-1")

    text = client.get(GROUP_FEED).content.decode()

    assert "STATUS:CANCELLED\r\n" in text
    assert "SEQUENCE:1\r\n" in text


def test_each_zone_stands_once_and_only_as_far_as_needed(client, lantern):
    publish(planned(uid="1", group=lantern, starts=dt.datetime(2026, 6, 1, 8)))
    publish(planned(uid="2", group=lantern, starts=dt.datetime(2026, 12, 1, 8)))
    publish(planned(uid="3", group=lantern, zone="Asia/Kolkata"))
    publish(planned(uid="4", group=lantern, zone="UTC"))

    parsed = icalendar.Calendar.from_ical(client.get(GROUP_FEED).content)

    zones = {str(zone["TZID"]): zone for zone in parsed.walk("VTIMEZONE")}
    assert sorted(zones) == ["Asia/Kolkata", "Europe/Berlin"]
    onsets = [part["DTSTART"].dt for part in zones["Europe/Berlin"].subcomponents]
    assert onsets == [dt.datetime(2026, 3, 29, 2), dt.datetime(2026, 10, 25, 3)]


def test_series_stands_before_its_changed_occurrences(client, lantern):
    publish(planned(uid="b", group=lantern, rule="FREQ=WEEKLY;BYDAY=WE"))
    for number, day in enumerate((dt.datetime(2026, 12, 9, 8), dt.datetime(2026, 12, 2, 8))):
        publish(planned(uid="b", group=lantern, recurrence_id=day, summary=f"changed {number}"))
    publish(planned(uid="a", group=lantern, summary="single"))

    assert summaries(client.get(GROUP_FEED)) == ["single", "Lantern call", "changed 1", "changed 0"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", [GROUP_FEED, "/calendar.ics"])
def test_feed_costs_three_queries_and_an_unchanged_one_a_single_one(
    client, lantern, django_assert_num_queries, count, path
):
    for number in range(count):
        publish(planned(uid=str(number), group=lantern, rule="FREQ=WEEKLY;BYDAY=WE"))
        publish(planned(uid=str(number), group=lantern, recurrence_id=dt.datetime(2026, 12, 2, 8), is_cancelled=True))
    first = client.get(path)

    with django_assert_num_queries(3):  # stamp, zones, components
        client.get(path)
    with django_assert_num_queries(1):
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_kept_components_are_what_goes_out(client, lantern):
    """The feed joins what is kept; it does not write its items anew each time."""
    item = publish(planned(group=lantern))
    CalendarItem.objects.filter(pk=item.pk).update(component=item.component.replace("Lantern call", "Kept"))

    assert summaries(client.get(GROUP_FEED)) == ["Kept"]


def test_last_modified_is_never_in_the_future(client, lantern, freeze):
    freeze("2026-11-23T12:00Z")
    publish(planned(group=lantern))
    freeze("2026-11-23T11:00Z")  # the machine's clock is put right

    assert "Last-Modified" not in client.get(GROUP_FEED)
