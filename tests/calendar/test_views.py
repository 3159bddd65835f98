from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from folkmoot.calendar.actions import publish
from folkmoot.calendar.models import Audience
from folkmoot.groups.models import Group
from tests.calendar import reading
from tests.calendar.reading import lines_of, words_of
from tests.factories.calendar import planned
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

WEEKLY = {"rule": "FREQ=WEEKLY;BYDAY=WE"}


@pytest.fixture(autouse=True)
def lantern(freeze):
    freeze("2026-11-23T12:00:00Z")
    organisation()
    return Group.objects.create(slug="lantern", name="Lantern")


def read(client, path="/calendar/", zone="Europe/Berlin"):
    return reading.read(client, path, zone)


def test_calendar_lists_six_weeks_from_today_in_the_reader_zone(client, lantern):
    publish(planned(group=lantern, **WEEKLY))

    page = read(client, zone="Asia/Kathmandu")

    lines = lines_of(page)
    assert [line.instant.day for line in lines] == [25, 2, 9, 16, 23, 30]
    assert {line.shown for line in lines} == {"12:45"}
    assert lines[0].words == "12:45 08:00 in Berlin Lantern call"
    assert "Wednesday 25 November 2026" in words_of(page)
    assert "23 to 29 November" in words_of(page)


def test_days_are_the_reader_s(client):
    publish(planned(starts=dt.datetime(2026, 11, 25, 20)))

    page = read(client, zone="Pacific/Auckland")

    assert "Thursday 26 November 2026" in words_of(page)
    assert lines_of(page)[0].words == "08:00 20:00 on Wednesday in Berlin Lantern call"


def test_without_a_known_zone_all_goes_by_the_organisation_s_and_says_so(client):
    publish(planned(starts=dt.datetime(2026, 11, 25, 0, 30)))

    page = read(client, zone=None)

    assert "Tuesday 24 November 2026" in words_of(page)
    assert lines_of(page)[0].words == "23:30 Lisbon Lantern call"


def test_cancelled_and_moved_ones_are_marked_in_words(client):
    publish(planned(**WEEKLY))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 2, 8), starts=dt.datetime(2026, 12, 3, 10)))
    publish(planned(recurrence_id=dt.datetime(2026, 12, 9, 8), starts=dt.datetime(2026, 12, 9, 8), is_cancelled=True))

    lines = lines_of(read(client))

    assert lines[1].words == "10:00 your time Lantern call moved from Wed 2 Dec, 08:00"
    assert lines[2].words == "08:00 your time Lantern call cancelled"
    assert [line.is_struck for line in lines[:4]] == [False, False, True, False]


def test_calendar_of_one_group_only(client, lantern):
    oak = Group.objects.create(slug="oak", name="Oak")
    publish(planned(uid="1", group=lantern, summary="Lantern call"))
    publish(planned(uid="2", group=oak, summary="Oak call"))

    everything, one = read(client), read(client, "/calendar/?group=oak")

    assert [line.words.split()[-2:] for line in lines_of(everything)] == [["Lantern", "call"], ["Oak", "call"]]
    assert [line.words.split()[-2:] for line in lines_of(one)] == [["Oak", "call"]]
    assert 'name="group" value="oak" checked' in one
    assert "webcal://localhost:8000/groups/oak/calendar.ics" in one
    assert "webcal://localhost:8000/calendar.ics" in everything


def test_what_is_for_a_group_alone_is_on_no_page(client):
    publish(planned(audience=Audience.GROUP))

    assert lines_of(read(client)) == []


def test_weeks_lead_on_and_back_to_today(client, lantern):
    publish(planned(group=lantern, **WEEKLY))

    page = read(client)
    assert 'rel="next" href="?from=2027-01-04"' in page
    assert 'rel="prev" href="?from=2026-10-12"' in page

    later = read(client, "/calendar/?from=2027-01-04")
    assert lines_of(later)[0].instant == dt.datetime(2027, 1, 6, 7, tzinfo=dt.UTC)
    assert 'rel="prev" href="?from=2026-11-23"' in later
    assert 'rel="next" href="?from=2027-02-15"' in later


def test_windows_join_without_a_gap_or_an_overlap(client, lantern):
    publish(planned(group=lantern, starts=dt.datetime(2026, 1, 1, 0, 30), rule="FREQ=DAILY"))
    days, path = [], "/calendar/"
    for _page in range(4):
        page = read(client, path, zone="America/St_Johns")
        days += [line.instant for line in lines_of(page)]
        path = "/calendar/" + page.split('rel="next" href="')[1].split('"')[0]

    # From Monday 23 November on, four times six weeks; half past midnight in Berlin is the evening before there.
    assert [one.date() for one in days] == [dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in range(168)]


@pytest.mark.parametrize(
    "wish",
    ["yesterday", "0001-01-01", "9999-12-31", "2026-13-01", "2026-11-25T00:00", "2024-11-20", "2028-11-26", "1e9"],
)
def test_a_day_out_of_reach_is_refused_in_words(client, wish):
    response = client.get("/calendar/", {"from": wish})

    assert response.status_code == 400
    assert (
        "The calendar goes two years back" in response.content.decode()
        or "A day is written like" in response.content.decode()
    )


@pytest.mark.parametrize("wish", ["2024-11-25", "2028-11-20"])
def test_two_years_either_way_can_be_reached(client, wish):
    assert client.get("/calendar/", {"from": wish}).status_code == 200


def test_unknown_group_is_not_found(client):
    assert client.get("/calendar/?group=nobody").status_code == 404


def test_empty_weeks_say_so(client):
    assert "Nothing is planned from 23 November to 3 January." in words_of(read(client))


def test_more_than_fits_is_said(client):
    for number in range(10):
        publish(planned(uid=str(number), starts=dt.datetime(2026, 1, 1, 8), rule="FREQ=DAILY"))

    page = read(client)

    assert len(lines_of(page)) == 400
    assert "There is more in these weeks than fits on this page." in words_of(page)


def test_people_can_subscribe_and_are_told_how_slow_calendars_are(client, lantern):
    for path, feed in (("/calendar/", "calendar.ics"), ("/groups/lantern/subscribe/", "groups/lantern/calendar.ics"),
                       ("/calendar/subscribe/", "calendar.ics")):  # fmt: skip
        page = read(client, path)

        assert f'href="webcal://localhost:8000/{feed}"' in page
        assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%3A8000%2F" in page
        assert "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost%3A8000%2F" in page
        assert "https://outlook.office.com/calendar/0/addfromweb?" in page
        assert f"http://localhost:8000/{feed}</code>" in page
        assert "Google within about a day" in page
        assert "can only be reached from this machine" in page


def test_installation_on_the_internet_needs_no_warning(client, settings):
    settings.PUBLIC_ADDRESS = "https://moot.example.org"

    page = read(client, "/calendar/subscribe/")

    assert 'href="webcal://moot.example.org/calendar.ics"' in page
    assert "can only be reached from this machine" not in page


def test_unknown_group_cannot_be_subscribed_to(client):
    assert client.get("/groups/nobody/subscribe/").status_code == 404


def test_pages_only_answer_safe_methods(client):
    for path in ("/calendar/", "/calendar/subscribe/", "/groups/lantern/subscribe/"):
        assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/calendar/", "/calendar/?from=2026-12-01", "/calendar/subscribe/"])
def test_page_for_strangers_has_no_token_and_no_session(client, path):
    publish(planned(**WEEKLY))

    response = client.get(path)

    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_for_any_number_of_groups(client, django_assert_num_queries, count):
    for number in range(count):
        group = Group.objects.create(slug=f"g{number}", name=f"Group {number}")
        publish(planned(uid=str(number), group=group, source="nobody.one:1", **WEEKLY))
    client.force_login(PersonFactory())
    read(client)

    with django_assert_num_queries(5):  # session, person, groups, layers, items
        read(client)


XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></bdi><svg/onload=alert(1)>"


def test_hostile_words_are_words_on_the_page(client):
    publish(planned(summary=XSS))

    page = read(client)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg/onload" not in page
    assert XSS in words_of(page)
