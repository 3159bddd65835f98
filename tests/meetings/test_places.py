"""Where people meet: who is shown the way in, and what calendars are told."""

from __future__ import annotations

import pytest

from folkmoot.calendar.models import CalendarItem
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import move_meeting, settle_call_place, settle_series_place
from folkmoot.meetings.domain.join_links import checked_link, host_of
from folkmoot.meetings.models import CallPlace
from folkmoot.meetings.where import place_of_call
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/lantern?pwd=s3cret"
PLACE = {"join_link": LINK, "venue": "Town library", "address": "1 Mill Lane", "venue_notes": "Ring twice. No steps."}


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-26T10:00Z")
    organisation()
    return meeting_group()


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(), lantern, Power.MANAGE)


def settle(group, by, *, public=False, **given):
    return settle_series_place(group, 0, **{**PLACE, **given}, venue_is_public=public, by=by)


def shown(client, call) -> str:
    return " ".join(client.get(call.get_absolute_url()).content.decode().split())


@pytest.mark.parametrize("public", [True, False])
def test_way_in_is_shown_to_those_who_may_join_and_to_nobody_else(lantern, chair, client, public):
    settle(lantern, chair, public=public)
    call = next_meeting(lantern)
    join_it = ("observer", "participant", "manager", "steward")

    for who in ("nobody", "stranger", "other group's manager", "former manager", *join_it):
        client.logout()
        if who != "nobody":
            client.force_login(actor(who, lantern))
        page = shown(client, call)

        joins = who in join_it
        assert ("s3cret" in page, "Join the call at meet.example.org" in page) == (joins, joins), who
        venue = ("Ring twice" in page, "Town library" in page, "At the venue it is" in page)
        assert venue == (joins or public,) * 3, who
        assert ("shown to those who take part" in page) != joins, who


def test_link_is_on_no_other_page_in_no_feed_and_in_no_fact(lantern, chair, client):
    settle(lantern, chair)
    call = next_meeting(lantern)

    for address in (
        f"/groups/{lantern.slug}/", f"/groups/{lantern.slug}/meetings/", f"/groups/{lantern.slug}/calendar.ics",
        "/calendar.ics", "/calendar/", f"/meetings/{call.pk}.ics", f"/groups/{lantern.slug}/history/",
    ):  # fmt: skip
        assert b"s3cret" not in client.get(address).content
        assert b"library" not in client.get(address).content
    fact = Entry.objects.get(kind="meetings.place_settled")
    assert fact.payload == {"position": 0, "meeting_id": None, "has_link": True, "has_venue": True}


def test_public_venue_is_in_calendars_with_a_higher_sequence_and_one_call_may_be_elsewhere(lantern, chair, client):
    call, moved = next_meeting(lantern), next_meeting(lantern, number=1)
    move_meeting(moved, to=moved.starts.replace(hour=10), why="x", by=chair)
    before = CalendarItem.objects.get(recurrence_id=None).sequence

    settle(lantern, chair, public=True)
    settle(lantern, chair, public=True)
    settle_call_place(call, join_link="", venue="Harbour", address="", venue_notes="", venue_is_public=True, by=chair)

    series, one, other = CalendarItem.objects.order_by("recurrence_id")
    if series.recurrence_id is not None:  # PostgreSQL sorts nothing last
        series, one, other = other, series, one
    assert (series.location, series.sequence) == ("Town library, 1 Mill Lane", before + 1)
    assert {one.location, other.location} == {"Harbour", "Town library, 1 Mill Lane"}
    feed = client.get("/calendar.ics").content.decode()
    assert "LOCATION:Harbour" in feed
    assert "LOCATION:Town library\\, 1 Mill Lane" in feed
    assert "LOCATION:Harbour" in client.get(f"/meetings/{call.pk}.ics").content.decode()


def test_call_with_nothing_of_its_own_is_where_its_series_is(lantern, chair):
    call = next_meeting(lantern)
    settle(lantern, chair)
    nothing = {"join_link": "", "venue": "", "address": "", "venue_notes": "", "venue_is_public": False}
    settle_call_place(call, **{**nothing, "join_link": "https://other.example.org/"}, by=chair)

    assert place_of_call(call).join_link == "https://other.example.org/"
    settle_call_place(call, **nothing, by=chair)
    assert place_of_call(call).join_link == LINK
    settle(lantern, chair, join_link="", venue="", address="", venue_notes="")
    assert (place_of_call(call), CallPlace.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("http://meet.example.org/", "begins with https"),
        ("javascript:alert(1)", "begins with https"),
        ("meet.example.org/x", "begins with https"),
        ("https://me:pass@meet.example.org/", "before the @"),
        ("https://me@meet.example.org/", "before the @"),
        ("https:///x", "no place on the web"),
        ("https://localhost/x", "no place on the web"),
        ("https://meet.example.org:0/", "no place on the web"),
        ("https://meet.example.org:99999/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://meet.example.org/a b", "a space or an invisible letter"),
        ("https://meet.example.org/\u202ea", "a space or an invisible letter"),
        ("https://meet.example.org\\@evil.example", "a space or an invisible letter"),
        ("https://meet.example.org/" + "a" * 500, "too long"),
    ],
)
def test_link_that_is_none_is_refused_in_clear_words(link, words):
    with pytest.raises(Refused, match=words) as refused:
        checked_link(link)

    assert (refused.value.code, refused.value.params["field"]) == ("invalid", "join_link")


def test_link_is_kept_as_it_was_given():
    assert checked_link(f"  {LINK}\n") == LINK
    assert checked_link(" ") == ""
    assert host_of("https://Meet.Example.org:8443/x") == "meet.example.org"


@pytest.mark.parametrize("who", ["participant", "observer", "stranger", "other group's manager", "former manager"])
def test_only_those_who_lead_say_where(lantern, chair, who):
    by = actor(who, lantern)

    for act in (
        lambda: settle(lantern, by),
        lambda: settle_call_place(next_meeting(lantern), **PLACE, venue_is_public=False, by=by),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "forbidden"
    assert not CallPlace.objects.exists()


def test_place_is_filled_in_on_pages_and_what_was_not_accepted_is_said_at_its_field(lantern, chair, client):
    client.force_login(chair)
    call = next_meeting(lantern)
    url, one = f"/groups/{lantern.slug}/meetings/series/0/place/", f"/meetings/{call.pk}/place/"

    bad = client.post(url, {"join_link": "http://x.example.org"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (400, ["join_link"])
    assert list(client.post(url, {"address": "1 Mill Lane"}).context["form"].errors) == ["venue"]
    assert client.post(url, {**PLACE, "venue_is_public": "on"}).status_code == 302
    assert "s3cret" in client.get(url).content.decode()
    assert "s3cret" in client.get(one).content.decode()
    assert client.post(one, {"venue": "Harbour"})["Location"] == call.get_absolute_url()
    assert "Harbour" in shown(client, call)
    assert client.get(f"/groups/{lantern.slug}/meetings/series/7/place/").status_code == 404
