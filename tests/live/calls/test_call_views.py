"""The page of a running call: for those who moderate, write and take part, and as it is shown on a screen."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re

import pytest
from django.utils import timezone

from folkmoot.decisions.models import Decision
from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.live.actions import be_here, call_on, close_call, lower_hand, next_item, raise_hand
from folkmoot.live.models import Hand, RunningCall, SpeakingCustom
from folkmoot.meetings.actions import NotesWords, begin_minutes, change_minutes_item, record_attendance
from folkmoot.meetings.models import AgendaItem, Attendance, CallPlace, Material, Meeting, MinutesItem
from folkmoot.plan.models import Task
from tests.factories.groups import join
from tests.factories.live import call_under_way, has_role, in_line, opened
from tests.factories.people import PersonFactory
from tests.ui.test_frontend import BUILT, needs_build

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script>"


@pytest.fixture
def url(meeting) -> str:
    return f"/meetings/{meeting.pk}/live/"


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_call_goes_from_opening_to_closing_by_plain_forms(client, meeting, url, ada, ben, clock):
    client.force_login(ada)
    assert "Open the call" in words(client.get(url))

    assert client.post(url, {"do": "open"}).url == url
    assert "It begins with A room" in words(client.get(url))
    client.post(url, {"do": "next", "seen": 0})
    clock.shift(dt.timedelta(minutes=12))
    page = words(client.get(url))
    assert "Now, 1 of 3" in page
    assert "3:00 left of 15 minutes" in page
    assert "Next: Money" in page
    presses = [client.post(url, {"do": "add", "minutes": 5, "seen": 1, "had": 0}) for _moderator in range(2)]
    assert [one.status_code for one in presses] == [302, 409]
    assert "Somebody has just given this item more time." in words(presses[1])
    client.post(url, {"do": "pause"})
    assert "8:00 left of 20 minutes paused" in words(client.get(url))
    client.post(url, {"do": "resume"})
    rest = AgendaItem.objects.get(title="What else")
    client.post(url, {"do": "go", "item": rest.pk, "seen": 1})
    client.post(url, {"do": "here"})
    client.post(url, {"do": "close"})

    page = words(client.get(url))
    assert "This call is closed." in page
    assert "took 12 of 20 min" in page
    assert Attendance.objects.get().person == ada
    assert RunningCall.objects.get().closed_at is not None


def test_a_call_without_an_agenda_does_not_ask_to_be_closed_at_once(client, group, ada):
    meeting = call_under_way(group, items=0)
    opened(meeting)
    client.force_login(ada)

    page = client.get(f"/meetings/{meeting.pk}/live/")

    assert "There is nothing on the agenda. Put something on the agenda" in words(page)
    assert "button-primary" not in page.content.decode()
    assert "Close the call" in words(page)


def test_the_page_of_a_call_that_is_not_on_says_why(client, meeting, url, ada, ben, clock):
    client.force_login(ada)
    clock.move_to(meeting.starts_at - dt.timedelta(hours=1))
    assert "A call can be opened from a quarter of an hour before it begins." in words(client.get(url))
    clock.move_to(meeting.ends_at + dt.timedelta(hours=13))
    client.force_login(ben)
    assert "This call is over." in words(client.get(url))
    clock.move_to(meeting.starts_at - dt.timedelta(minutes=10))
    close_call(opened(meeting).meeting, by=ada)
    Meeting.objects.filter(pk=meeting.pk).update(status="cancelled", why="The host is ill")

    page = words(client.get(url))

    assert "This call does not take place. The host is ill" in page
    assert "Nobody has opened" not in page
    assert "This call does not take place" in words(client.get(f"{url}screen/"))


def test_people_raise_hands_and_are_called_on(client, meeting, url, ada, ben, cleo):
    opened(meeting)
    raise_hand(meeting, by=cleo)
    client.force_login(ben)
    client.post(url, {"do": "raise", "kind": "queue"})
    mine, theirs = Hand.objects.get(person=ben), Hand.objects.get(person=cleo)
    assert "Lower my hand" in words(client.get(url))
    assert client.post(url, {"do": "call", "hand": theirs.pk}).status_code == 403
    assert client.post(url, {"do": "lower", "hand": theirs.pk}).status_code == 403

    client.force_login(ada)
    assert "Take the hand of Cleo Dane down" in words(client.get(url))
    client.post(url, {"do": "put", "order-hand": mine.pk, "order-before": theirs.pk, "order-why": f"Leaves {XSS}"})
    client.post(url, {"do": "guest", "guest-guest": "Odalys"})
    page = client.get(url).content.decode()
    assert XSS not in page
    assert "Leaves &lt;script&gt;" in page
    client.post(url, {"do": "call", "hand": mine.pk, "seen": ""})
    late = client.post(url, {"do": "call", "hand": theirs.pk, "seen": ""})
    assert late.status_code == 409
    assert "Somebody else was called on meanwhile." in words(late)
    client.post(url, {"do": "finish", "hand": mine.pk})
    client.post(url, {"do": "lower", "hand": Hand.objects.get(guest_name="Odalys").pk})
    page = words(client.get(url))
    assert ("Take the hand of Cleo Dane down" in page, "Change the order" in page) == (True, False)

    assert in_line(RunningCall.objects.get()) == [("Cleo Dane", "queue")]
    assert (
        client.post(url, {"do": "put", "order-hand": theirs.pk, "order-before": "", "order-why": ""}).status_code == 400
    )
    assert client.post(url, {"do": "dance"}).status_code == 400
    assert client.post(url, {"do": "lower", "hand": "9" * 30}).status_code == 404


def test_what_was_typed_to_change_the_order_stays_when_it_is_refused(client, meeting, url, ada, ben, cleo):
    opened(meeting)
    mine, _theirs, gone = (raise_hand(meeting, by=one) for one in (ben, cleo, ada))
    lower_hand(gone, by=ada)
    client.force_login(ada)
    sent = {"do": "put", "order-hand": mine.pk, "order-before": gone.pk, "order-why": "Leaves at noon"}

    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(url, sent, headers=headers).content.decode()
        assert "This hand is down again." in page
        assert 'value="Leaves at noon"' in page
        assert re.search(rf'value="{mine.pk}"[^>]* selected', page)
    assert in_line(RunningCall.objects.get()) == [("Ben Cole", "queue"), ("Cleo Dane", "queue")]


def test_who_is_late_with_next_is_told_where_the_call_is(client, meeting, url, ada):
    opened(meeting)
    client.force_login(ada)
    client.post(url, {"do": "next", "seen": 0})

    late = client.post(url, {"do": "next", "seen": 0})

    assert late.status_code == 409
    assert "Somebody has gone on already" in words(late)
    assert RunningCall.objects.get().step == 1


def test_a_script_is_answered_with_the_parts_and_with_what_was_refused(client, meeting, url, ada):
    opened(meeting)
    client.force_login(ada)

    done = client.post(url, {"do": "next", "seen": 0}, headers={"HX-Request": "true"})
    late = client.post(url, {"do": "next", "seen": 0}, headers={"HX-Request": "true"})

    assert done.status_code == late.status_code == 200
    assert done.content.decode().count('hx-swap-oob="true"') == 5
    assert "Now, 1 of 3" in words(done)
    assert "Somebody has gone on already" in words(late)
    assert "<html" not in done.content.decode()
    for name in ("item", "queue", "agenda", "people", "notes"):
        part = client.get(f"{url}parts/{name}/").content.decode()
        assert "data-part" in part
        assert "<html" not in part
    assert client.get(f"{url}parts/other/").status_code == 404


def test_a_scribe_writes_into_the_minutes_where_it_happens(client, meeting, url, ada, ben):
    opened(meeting)
    next_item(meeting, seen=0, by=ada)
    client.force_login(has_role(ben, meeting, "scribe"))
    client.post(url, {"do": "minutes"})
    item = MinutesItem.objects.get(title="A room")

    client.post(f"{url}notes/", {"item": item.pk, "notes": "It is *dry*.", "version": 1, "seen": "{}"})
    nothing = client.post(f"{url}doings/", {"item": item.pk})
    noted = {"item": item.pk, "decision": "We take it.", "action": "Sign for it", "owner": ben.pk, "agreed": "on"}
    client.post(f"{url}doings/", noted)

    item.refresh_from_db()
    assert item.notes == "It is *dry*."
    assert (nothing.status_code, Decision.objects.get().title) == (400, "We take it.")
    assert Task.objects.get().owner == ben
    page = words(client.get(url))
    assert "We take it." in page
    assert "Sign for it" in page
    client.force_login(ada)
    client.logout()
    client.force_login(join(PersonFactory(), meeting.group, Power.OBSERVE))
    assert "It is <em>dry</em>." in client.get(url).content.decode()
    assert client.post(f"{url}notes/", {"item": item.pk, "notes": "Mine", "version": 2}).status_code == 403
    assert client.post(f"{url}doings/", {"item": "x"}).status_code == 404


def test_of_two_who_write_at_once_nothing_is_lost(client, meeting, url, ada, ben):
    opened(meeting)
    next_item(meeting, seen=0, by=ada)
    begin_minutes(meeting, by=ada)
    item = MinutesItem.objects.select_related("minutes__meeting__group").get(title="A room")
    change_minutes_item(item, NotesWords("A room", "Theirs"), version=1, by=ada)
    next_item(meeting, seen=1, by=ada)
    client.force_login(has_role(ben, meeting, "scribe"))
    sent = {"item": item.pk, "notes": "Mine", "version": 1, "seen": json.dumps({"notes": ""})}

    clash = client.post(f"{url}notes/", sent)

    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Theirs" in page
    assert "Mine</textarea>" in page
    assert 'name="version" value="2"' in page
    item.refresh_from_db()
    assert item.notes == "Theirs"
    close_call(meeting, by=ada)
    assert "Mine</textarea>" in client.post(f"{url}notes/", sent).content.decode()


def test_a_role_that_ends_is_denied_at_the_next_request(client, meeting, url, ben):
    opened(meeting)
    client.force_login(ben)
    assert client.get(url).status_code == 200

    end_participation(ben.participations.get(), by=system())

    for address in (url, f"{url}parts/queue/", f"{url}screen/"):
        assert client.get(address).status_code == 403
    assert client.post(url, {"do": "raise", "kind": "queue"}).status_code == 403


def test_the_way_in_is_shown_to_those_who_may_know_it(client, meeting, url, ada, ben):
    CallPlace.objects.create(group=meeting.group, meeting=meeting, join_link="https://meet.example.org/room")
    Material.objects.create(
        item=AgendaItem.objects.get(title="A room"), title="Plan", url="https://example.org/plan", state="accepted"
    )
    opened(meeting)
    next_item(meeting, seen=0, by=ada)
    client.force_login(ben)

    page = client.get(url).content.decode()

    assert "https://meet.example.org/room" in page
    assert "https://example.org/plan" in page
    shown = client.get(f"{url}screen/").content.decode()
    assert "meet.example.org" not in shown


def test_the_screen_names_those_who_wait_unless_names_are_kept_back(client, meeting, url, ada, ben, cleo):
    opened(meeting)
    next_item(meeting, seen=0, by=ada)
    call_on(raise_hand(meeting, by=ben), seen=None, by=ada)
    raise_hand(meeting, by=cleo)
    client.force_login(ada)

    shown = words(client.get(f"{url}screen/?theme=dark"))
    assert "A room" in shown
    assert "Ben Cole" in shown
    assert "Cleo Dane" in shown
    begin_minutes(meeting, by=ada)
    MinutesItem.objects.filter(title="A room").update(level="chatham")

    shown = words(client.get(f"{url}screen/", headers={"HX-Request": "true"}))
    assert "Ben" not in shown
    assert "Cleo" not in shown
    assert "Somebody has the floor" in shown
    assert "1 hand is raised" in shown
    close_call(meeting, by=ada)
    assert "The call is closed" in words(client.get(f"{url}screen/"))


def test_the_order_of_speaking_is_set_by_those_who_lead(client, group, ada, ben):
    client.force_login(ada)

    client.post(f"/groups/{group.slug}/calls/speaking/", {"new_voices_first": "on"})

    custom = SpeakingCustom.objects.get()
    assert (custom.new_voices_first, custom.observers_speak) == (True, False)
    client.force_login(ben)
    assert client.get(f"/groups/{group.slug}/calls/speaking/").status_code == 403


def test_that_a_call_is_on_stands_on_its_page_and_on_the_desk(client, meeting, url, ada, ben):
    client.force_login(ben)
    assert url not in client.get(f"/meetings/{meeting.pk}/").content.decode()
    client.force_login(ada)
    assert url in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert url not in client.get("/me/").content.decode()

    opened(meeting)
    next_item(meeting, seen=0, by=ada)

    client.force_login(ben)
    assert "This call is on" in words(client.get(f"/meetings/{meeting.pk}/"))
    assert url in client.get("/me/").content.decode()
    client.logout()
    assert url not in client.get(f"/meetings/{meeting.pk}/").content.decode()
    close_call(meeting, by=ada)
    client.force_login(ada)
    assert "The call is closed; see how it went, or open it again" in words(client.get(f"/meetings/{meeting.pk}/"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "count"), [("", 25), ("parts/item/", 8), ("parts/queue/", 10), ("parts/notes/", 13), ("screen/", 14)]
)
def test_the_page_asks_the_same_number_of_questions_whatever_it_shows(
    client, group, ada, rows, name, count, django_assert_num_queries
):
    meeting = call_under_way(group, items=rows)
    opened(meeting)
    next_item(meeting, seen=0, by=ada)
    begin_minutes(meeting, by=ada)
    for number in range(rows):
        raise_hand(meeting, by=join(PersonFactory(name=f"Voice {number}"), group))
        Attendance.objects.create(
            meeting=meeting, guest_name=f"G{number}", guest_key=f"g{number}", source="host", noted_at=meeting.starts_at
        )
    client.force_login(ada)
    client.get(f"/meetings/{meeting.pk}/live/{name}")

    with django_assert_num_queries(count):
        client.get(f"/meetings/{meeting.pk}/live/{name}")


def test_a_page_follows_changes_where_the_server_keeps_connections_open(client, meeting, url, ada):
    opened(meeting)
    client.force_login(ada)

    assert "data-live-address" not in client.get(url).content.decode()
    for address in (url, f"{url}screen/"):
        page = client.get(address, **{"asgi.scope": {}}).content.decode()
        assert f'data-live-address="/live/calls/{meeting.pk}/changes" data-live-number="1"' in page


def test_who_has_the_page_open_and_is_not_on_the_list_stands_there_as_well(client, meeting, url, ada, ben):
    opened(meeting)
    be_here(meeting, by=ben, now=timezone.now())
    client.force_login(ada)

    assert "Also looking at this page: Ben Cole" in words(client.get(f"{url}parts/people/"))
    record_attendance(meeting, ben, by=ada)
    assert "Also looking" not in words(client.get(f"{url}parts/people/"))


@needs_build
def test_the_scripts_of_the_page_weigh_little(client, meeting, url, ada):
    opened(meeting)
    client.force_login(ada)
    page = client.get(url).content.decode()
    names = re.findall(r'<script[^>]*src="[^"]*ui/built/([a-z]+)[^"]*\.js"', page)

    weight = sum(len(gzip.compress((BUILT / f"{name}.js").read_bytes())) for name in names)

    assert names == ["main", "htmx", "live", "call"]
    assert weight < 100_000
