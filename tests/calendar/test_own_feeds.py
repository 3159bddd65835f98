"""Feeds of people's own: what is in them, for whom, and what becomes of their address."""

from __future__ import annotations

import datetime as dt
import logging

import icalendar
import pytest
import recurring_ical_events
from django.conf import settings

from folkmoot.calendar import own_feeds
from folkmoot.calendar.actions import AlsoIn, make_own_feed, publish, revoke_own_feed, withdraw
from folkmoot.calendar.facts import OwnFeedMade, OwnFeedRevoked
from folkmoot.calendar.models import Audience, CalendarItem, OwnFeed
from folkmoot.config import logged_addresses
from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import cancel_meeting, move_meeting
from folkmoot.meetings.actions.places import settle_call_place, settle_series_place
from folkmoot.people.actions import erase_person, merge_people
from tests.factories.calendar import planned
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

WEEKLY = "FREQ=WEEKLY;BYDAY=WE"
START, END = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
LINK = "https://meet.example/secret-room"


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation(name="Lantern Trust")
    return freeze("2026-11-23T12:00:00Z")


@pytest.fixture
def lantern():
    return Group.objects.create(slug="lantern", name="Lantern")


@pytest.fixture
def oak():
    return Group.objects.create(slug="oak", name="Oak")


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern)


def own_feed(person, *, has_details=False):
    return make_own_feed(has_details=has_details, by=person)[1]


def events(client, path):
    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    assert not [component.errors for component in parsed.walk() if component.errors]
    return [(str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) for event in parsed.walk("VEVENT")]


def days(client, path):
    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    return [event["DTSTART"].dt.date().isoformat() for event in recurring_ical_events.of(parsed).between(START, END)]


def test_own_feed_has_the_calls_of_all_ones_groups_and_of_no_other(client, lantern, oak, ada):
    publish(planned(uid="1", group=lantern))
    publish(planned(uid="2", group=oak))
    publish(planned(uid="3"))
    path = own_feed(ada)

    before = events(client, path)
    join(ada, oak, Power.OBSERVE)

    assert before == [("1", 0, "CONFIRMED")]
    assert events(client, path) == [("1", 0, "CONFIRMED"), ("2", 0, "CONFIRMED")]


def test_a_call_of_several_groups_is_there_once_whole_for_who_is_of_the_host(client, lantern, oak, ada):
    part = AlsoIn(oak, dt.datetime(2026, 12, 2, 8), f"{WEEKLY};UNTIL=20261209T070000Z")
    publish(planned(rule=WEEKLY, group=lantern, also=(part,)))
    ben = join(PersonFactory(), oak)
    of_ada, of_ben = own_feed(ada), own_feed(ben)

    assert days(client, of_ben) == ["2026-12-02", "2026-12-09"]
    assert days(client, of_ada)[0] == "2026-11-25"
    join(ada, oak)
    join(ben, lantern)
    assert events(client, of_ada) == events(client, of_ben) == [("lantern-1", 0, "CONFIRMED")]
    assert days(client, of_ada) == days(client, of_ben)


def test_parts_of_two_groups_become_one_from_the_first_call_to_the_last(client, lantern, oak):
    elm = Group.objects.create(slug="elm", name="Elm")
    parts = (
        AlsoIn(oak, dt.datetime(2026, 12, 2, 8), f"{WEEKLY};UNTIL=20261209T070000Z"),
        AlsoIn(elm, dt.datetime(2026, 12, 9, 8), f"{WEEKLY};UNTIL=20261216T070000Z"),
    )
    publish(planned(rule=WEEKLY, group=lantern, also=parts))
    cleo = join(join(PersonFactory(), oak), elm)

    path = own_feed(cleo)

    assert events(client, path) == [("lantern-1", 0, "CONFIRMED")]
    assert days(client, path) == ["2026-12-02", "2026-12-09", "2026-12-16"]


def test_a_calendar_that_follows_the_feed_sees_a_move_and_a_cancellation(client):
    group = meeting_group()
    manager = join(PersonFactory(), group, Power.MANAGE)
    path = own_feed(manager)
    first, second = next_meeting(group), next_meeting(group, number=1)
    before = days(client, path)

    move_meeting(first, to=first.starts + dt.timedelta(days=1), why="A holiday", by=manager)
    cancel_meeting(second, why="Nobody is there", by=manager)

    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    shown = {
        event["DTSTART"].dt.date().isoformat(): str(event["STATUS"])
        for event in recurring_ical_events.of(parsed).between(START, END)
    }
    assert before == ["2026-11-11", "2026-11-25", "2026-12-09", "2026-12-23"]
    assert shown == {
        "2026-11-11": "CONFIRMED",
        "2026-11-26": "CONFIRMED",
        "2026-12-09": "CANCELLED",
        "2026-12-23": "CONFIRMED",
    }


def test_unchanged_feed_is_answered_by_its_tag(client, lantern, oak, ada, django_assert_num_queries):
    publish(planned(group=lantern))
    path = own_feed(ada)
    tag = client.get(path)["ETag"]

    def again():
        response = client.get(path, headers={"if-none-match": tag})
        return response.status_code, response["ETag"] == tag

    with django_assert_num_queries(3):  # the feed, the groups with their stamps, what is booked
        assert again() == (304, True)
    publish(planned(uid="2", group=oak))
    assert again() == (304, True)
    withdraw("lantern-1")
    assert again() == (200, False)
    tag = client.get(path)["ETag"]
    join(ada, oak)
    assert again() == (200, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_own_feed_takes_the_same_queries_however_much_is_in_it(client, ada, rows, django_assert_num_queries):
    for number in range(rows):
        group = meeting_group(name=f"Group {number}")
        manager = join(ada, group, Power.MANAGE)
        _place(group, manager, join_link=LINK)
    public, with_details = own_feed(ada), own_feed(ada, has_details=True)

    with django_assert_num_queries(7):
        assert client.get(with_details).status_code == 200
    with django_assert_num_queries(1):
        assert client.get(public).status_code == 410


@pytest.mark.parametrize("rows", [1, 3])
def test_own_feed_without_details_takes_the_same_queries(client, ada, rows, django_assert_num_queries):
    for number in range(rows):
        join(ada, meeting_group(name=f"Group {number}"))
    path = own_feed(ada)

    with django_assert_num_queries(5):
        assert client.get(path).status_code == 200


def test_answer_stays_out_of_caches_and_of_other_requests(client, ada):
    response = client.get(own_feed(ada))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "X-WR-CALNAME:My calls · Lantern Trust\r\n" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_address_reads_and_does_nothing_else(client, ada, method):
    path = own_feed(ada)

    assert getattr(client, method)(path).status_code == 405
    assert OwnFeed.objects.get().revoked_at is None


def test_an_address_opens_its_feed_and_no_page(client, ada, lantern):
    path = own_feed(ada)
    token = path.rpartition("/")[2].removesuffix(".ics")

    client.get(path)
    signed_in = [client.get(page).status_code for page in ("/me/calendar/", f"/me/calendar/?token={token}")]

    assert signed_in == [302, 302]
    assert "sessionid" not in client.cookies
    assert client.get(f"/groups/lantern/calendar.ics?token={token}").content == (
        client.get("/groups/lantern/calendar.ics").content
    )


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "control"])
def test_an_address_stands_in_no_log_even_where_its_feed_fails(client, ada, monkeypatch, caplog, hidden):
    if not hidden:
        monkeypatch.setattr(logged_addresses, "SECRETS", ())
    path = own_feed(ada)
    token = path.rpartition("/")[2].removesuffix(".ics")
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        client.get(path)
        revoke_own_feed(by=ada)
        client.get(path)
        monkeypatch.setattr(own_feeds, "answer", lambda request, feed: 1 / 0)
        client.get(path)

    assert "Internal Server Error: /calendar/own/" in caplog.text
    assert (token in caplog.text) is not hidden
    assert {tuple(handler["filters"]) for handler in settings.LOGGING["handlers"].values()} == {("addresses",)}


def _place(group, manager, **given):
    values = {"join_link": "", "venue": "", "address": "", "venue_notes": "", "venue_is_public": False}
    return settle_series_place(group, 0, **{**values, **given}, by=manager)


def test_the_way_into_a_call_is_there_only_where_it_was_asked_for(client):
    group = meeting_group()
    manager = join(PersonFactory(), group, Power.MANAGE)
    observer = join(PersonFactory(), group, Power.OBSERVE)
    _place(group, manager, join_link=LINK)
    call = next_meeting(group)
    settle_call_place(
        call,
        join_link="https://meet.example/only-this-one",
        venue="Town hall",
        address="",
        venue_notes="Ring twice",
        venue_is_public=False,
        by=manager,
    )

    plain = client.get(own_feed(manager)).content
    public = client.get(f"/groups/{group.slug}/calendar.ics").content
    series, changed = icalendar.Calendar.from_ical(client.get(own_feed(observer, has_details=True)).content).walk(
        "VEVENT"
    )

    for content in (plain, public):
        assert b"meet.example" not in content
        assert b"Town hall" not in content
    assert (str(series["LOCATION"]), str(series["DESCRIPTION"]).splitlines()[0]) == (LINK, f"Join the call: {LINK}")
    assert str(changed["LOCATION"]) == "Town hall"
    assert str(changed["DESCRIPTION"]).splitlines()[:2] == [
        "Join the call: https://meet.example/only-this-one",
        "Ring twice",
    ]


def test_a_new_link_changes_the_tag_of_a_feed_with_details(client):
    group = meeting_group()
    manager = join(PersonFactory(), group, Power.MANAGE)
    _place(group, manager, join_link=LINK)
    path = own_feed(manager, has_details=True)
    tag = client.get(path)["ETag"]

    same = client.get(path, headers={"if-none-match": tag})
    _place(group, manager, join_link=LINK + "-2")
    other = client.get(path, headers={"if-none-match": tag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_who_leaves_a_group_has_neither_its_calls_nor_its_links_in_the_feed_any_more(client):
    group = meeting_group()
    person = join(PersonFactory(), group)
    _place(group, PersonFactory(is_steward=True), join_link=LINK)
    path = own_feed(person, has_details=True)
    assert LINK in client.get(path).content.decode()

    end_participation(person.participations.get(), by=system())

    assert events(client, path) == []


def test_a_joint_call_that_ended_keeps_no_link(client, lantern, oak):
    host = meeting_group()
    _place(host, PersonFactory(is_steward=True), join_link=LINK)
    call = next_meeting(host)
    item = planned(uid="joint", group=host, source=f"meetings.meeting:{call.pk}")
    ben = join(PersonFactory(), oak)
    path = own_feed(ben, has_details=True)
    publish(planned(uid="joint", group=host, source=item.source, also=(AlsoIn(oak),)))
    assert LINK in client.get(path).content.decode()

    publish(item)

    assert events(client, path) == [("joint", 1, "CANCELLED")]
    assert LINK not in client.get(path).content.decode()


def test_what_is_for_the_group_alone_is_there_with_details_only(client, lantern, ada):
    publish(planned(group=lantern, audience=Audience.GROUP))

    assert events(client, own_feed(ada)) == []
    assert events(client, own_feed(ada, has_details=True)) == [("lantern-1", 0, "CONFIRMED")]


def test_components_kept_for_another_address_are_written_anew(client, lantern, ada):
    publish(planned(group=lantern))
    CalendarItem.objects.update(component="OLD", rendered_for="elsewhere")

    assert events(client, own_feed(ada)) == [("lantern-1", 0, "CONFIRMED")]


def test_an_address_is_known_by_its_digest_and_another_one_takes_its_place(client, ada):
    first = own_feed(ada)
    second = own_feed(ada, has_details=True)

    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    assert [feed.has_details for feed in OwnFeed.objects.filter(revoked_at=None)] == [True]
    for path in (first, second):
        token = path.rpartition("/")[2].removesuffix(".ics")
        assert not OwnFeed.objects.filter(token_digest__contains=token).exists()
    assert list(Entry.objects.filter(kind=OwnFeedMade.kind).order_by("pk").values_list("payload", flat=True)) == [
        {"has_details": False},
        {"has_details": True},
    ]


def test_an_address_that_was_taken_back_is_gone_for_good(client, ada):
    path = own_feed(ada)

    revoke_own_feed(by=ada)
    revoke_own_feed(by=ada)

    response = client.get(path)
    assert (response.status_code, response.content.decode()) == (410, "This address was taken back.\n")
    assert response["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(kind=OwnFeedRevoked.kind).count() == 1


def test_unknown_addresses_and_those_of_people_who_cannot_sign_in_lead_nowhere(client, ada):
    path = own_feed(ada)
    ada.is_active = False
    ada.save()

    for other in (path, "/calendar/own/abc.ics", "/calendar/own/%F0%9F%90%9D.ics", f"{path[:-5]}x.ics"):
        assert client.get(other).status_code == 404
    with pytest.raises(Refused, match="sign in"):
        make_own_feed(has_details=False, by=ada)


def test_merging_and_erasing_let_an_address_lead_nowhere(client, ada, lantern):
    steward, gone = PersonFactory(is_steward=True), join(PersonFactory(), lantern)
    of_gone, of_ada = own_feed(gone), own_feed(ada)

    merge_people(ada, gone, by=steward)

    assert (client.get(of_gone).status_code, client.get(of_ada).status_code) == (404, 200)
    erase_person(ada, by=steward)
    assert client.get(of_ada).status_code == 404
    assert not OwnFeed.objects.filter(person=ada).exists()


def test_page_shows_an_address_once(client, ada, lantern):
    client.force_login(ada)

    before = client.get("/me/calendar/")
    made = client.post("/me/calendar/", {"has_details": "on"})
    after = client.get("/me/calendar/")

    path = made.context["subscription"].ics.partition("testserver")[2] or made.context["subscription"].ics
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert "Make an address" in before.content.decode()
    assert made.content.decode().count(token) > 1
    assert token not in after.content.decode()
    assert "with the way into each call" in after.content.decode()
    assert (made["Referrer-Policy"], "no-store" in made["Cache-Control"]) == ("no-referrer", True)
    assert client.get(f"/calendar/own/{token}.ics").status_code == 200


def test_page_takes_an_address_back(client, ada):
    path = own_feed(ada)
    client.force_login(ada)

    response = client.post("/me/calendar/revoke/")

    assert (response.status_code, response["Location"]) == (302, "/me/calendar/")
    assert client.get(path).status_code == 410
    assert "Make an address" in client.get("/me/calendar/").content.decode()


def test_page_of_somebody_without_groups_says_so(client):
    client.force_login(PersonFactory())

    assert "You take part in no group yet" in client.get("/me/calendar/").content.decode()
