"""The pages of minutes: written by several at once, confirmed, checked, published, and read by everybody."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.cache import caches
from django.utils import timezone

from folkmoot.groups.models import Group, Power
from folkmoot.meetings.actions import NotesWords, add_minutes_item, begin_minutes, change_minutes_item, set_level
from folkmoot.meetings.domain.published import as_json
from folkmoot.meetings.minutes_reading import would_be_public
from folkmoot.meetings.models import AgendaItem, Attendance, Level, Meeting, Minutes, MinutesItem, MinutesState
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock) -> Group:
    return meeting_group()


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.fixture
def call(group) -> Meeting:
    call = held_call(group, ended=dt.timedelta(hours=1))
    AgendaItem.objects.create(meeting=call, title="A room")
    return call


@pytest.fixture
def item(call, ada) -> MinutesItem:
    minutes = begin_minutes(call, by=ada)
    return minutes.items.select_related("minutes__meeting__group").get()


def test_from_the_draft_to_what_everybody_reads(client, call, ada):
    client.force_login(ada)
    base = f"/meetings/{call.pk}/minutes"
    assert "Begin the minutes" in client.get(f"{base}/").content.decode()

    client.post(f"{base}/begin/")
    item = MinutesItem.objects.get()
    client.post(f"{base}/add/", {"title": "Late", "notes": XSS})
    late = MinutesItem.objects.get(title="Late")
    client.post(f"/minutes-items/{item.pk}/change/", {"title": "A room", "notes": "Ada Birch: *found*", "version": 1})
    client.post(f"{base}/level/", {"level": "chatham", "item": item.pk})
    no_one = client.post(f"{base}/propose/", {"way": "people"})
    client.post(f"{base}/propose/", {"way": "people", "people": [ada.pk]})
    client.post(f"{base}/change-wanted/", {"why": "Shorter"})
    client.post(f"{base}/propose/", {"way": "people", "people": [ada.pk]})
    client.post(f"{base}/approve/", {})
    proposed = client.get(f"/minutes-items/{item.pk}/public/").content.decode()
    too_early = client.post(f"{base}/publish/", follow=True)
    client.post(f"/minutes-items/{item.pk}/public/", {"title": "A room", "text": "Birch *found*", "version": 2})
    named = client.get(f"{base}/check/")
    keys = [one.key for one in named.context["open"]]
    client.post(f"{base}/check/", {"hit": keys, "why": "The tree"})
    client.post(f"{base}/publish/")
    client.post(f"/minutes-items/{late.pk}/correct/", {"notes": "Nothing", "why": "A joke", "version": 1})

    assert no_one.status_code == 400
    assert "One participant: *found*" in proposed
    assert "is not confirmed yet" in too_early.content.decode()
    assert {one.words for one in named.context["open"]} == {"Birch"}
    client.logout()
    read = client.get(f"{base}/published/").content.decode()
    assert "Birch <em>found</em>" in read
    assert "Nothing" in read
    assert "A joke" in read
    assert XSS not in read
    assert "&lt;script&gt;" in read
    feed = client.get(f"/groups/{call.group.slug}/minutes.atom").content.decode()
    assert feed.count("<entry>") == 1
    assert client.get(f"{base}/").status_code == 302


def test_who_was_slower_sees_both_wordings_and_nothing_is_lost(client, item, ada):
    seen = json.dumps({"title": "A room", "notes": ""})
    change_minutes_item(item, NotesWords("A room", "Theirs."), version=1, by=ada)
    client.force_login(ada)

    clash = client.post(
        f"/minutes-items/{item.pk}/change/", {"title": "The room", "notes": "Mine.", "version": 1, "seen": seen}
    )
    form = clash.context["form"]
    again = client.post(
        f"/minutes-items/{item.pk}/change/",
        {"title": form["title"].value(), "notes": "Theirs. Mine.", "version": form["version"].value()},
    )

    assert (clash.status_code, form["title"].value(), form["notes"].value()) == (409, "The room", "Mine.")
    assert [row[1:] for row in clash.context["rows"]] == [("A room", "The room"), ("Theirs.", "Mine.")]
    assert again.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.notes) == ("The room", "Theirs. Mine.")


def test_a_later_call_is_offered_to_approve(client, group, item, ada):
    later = held_call(group, ended=dt.timedelta(minutes=-30))
    client.force_login(ada)
    base = f"/meetings/{item.minutes_id}/minutes"
    client.post(f"{base}/propose/", {"way": "next_call"})

    offered = client.get(f"{base}/").context["page"].later
    client.post(f"{base}/approve/", {"on": later.pk})

    assert offered == [later]
    assert Minutes.objects.get().approved_on == later
    assert client.post(f"{base}/change-wanted/", {"why": ""}).status_code == 403


def test_the_page_takes_as_many_queries_for_three_items_as_for_one(client, item, ada, django_assert_num_queries):
    Attendance.objects.create(meeting=item.minutes.meeting, person=ada, source="tap", noted_at=timezone.now())
    client.force_login(ada)
    address = f"/meetings/{item.minutes_id}/minutes/"
    client.get(address)

    with django_assert_num_queries(17):
        client.get(address)
    for number in range(2):
        add_minutes_item(item.minutes, NotesWords(f"Item {number}", "Words"), by=ada)
    client.get(address)
    with django_assert_num_queries(17):
        client.get(address)


def test_a_private_call_publishes_nothing(client, item, ada):
    set_level(item.minutes, "private", by=ada)
    client.force_login(ada)

    checked = client.get(f"/meetings/{item.minutes_id}/minutes/check/")

    assert checked.context["open"] == []
    assert "1 item is for the group alone." in checked.content.decode()


def test_confirming_a_wording_leads_to_the_next_one_that_waits(client, call, ada):
    client.force_login(ada)
    minutes = begin_minutes(call, by=ada)
    first = minutes.items.get()
    late = add_minutes_item(minutes, NotesWords("Late", "It was late."), by=ada)
    set_level(minutes, Level.CHATHAM, by=ada)
    words = {"title": "A room", "text": "It is warm.", "version": 1}

    last = client.post(f"/minutes-items/{late.pk}/public/", words, follow=True)
    done = client.post(f"/minutes-items/{first.pk}/public/", words, follow=True)

    assert last.redirect_chain == [(f"/minutes-items/{first.pk}/public/", 302)]
    assert "1 wording waits still; here it is." in last.content.decode()
    assert done.redirect_chain == [(f"/meetings/{call.pk}/minutes/", 302)]
    assert "No wording waits any more." in done.content.decode()


def test_check_and_feed_take_as_many_queries_for_three_as_for_one(client, item, ada, django_assert_num_queries):
    group, address = item.minutes.meeting.group, f"/meetings/{item.minutes_id}/minutes/check/"
    set_level(item.minutes, Level.CHATHAM, by=ada)
    client.force_login(ada)
    client.get(address)

    with django_assert_num_queries(39):
        client.get(address)
    for number in range(2):
        add_minutes_item(item.minutes, NotesWords(f"Item {number}", "Words"), by=ada)
    with django_assert_num_queries(39):
        client.get(address)
    client.logout()
    for number in range(3):
        call = held_call(group, ended=dt.timedelta(days=number + 1))
        kept = as_json(would_be_public(begin_minutes(call, by=ada)))
        now = timezone.now()
        Minutes.objects.filter(meeting=call).update(
            state=MinutesState.PUBLISHED, published=kept, approved_at=now, published_at=now
        )
        if number in (0, 2):
            caches["default"].clear()
            with django_assert_num_queries(2):
                feed = client.get(f"/groups/{group.slug}/minutes.atom").content.decode()
            assert feed.count("<entry>") == number + 1
