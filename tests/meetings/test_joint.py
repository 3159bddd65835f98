"""Calls that several groups hold together: asked, answered, ended, and in the lists and feeds of all of them."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import recurring_ical_events
from django.utils import timezone

from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    answer_joining,
    ask_to_join,
    cancel_meeting,
    end_joining,
    end_joint_calls_of,
    materialise_ahead,
    move_meeting,
)
from folkmoot.meetings.models import JoinedMeeting, JointCall, JointState
from folkmoot.meetings.queries import next_meetings, upcoming_meetings
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

START, END = dt.datetime(2026, 11, 26, tzinfo=dt.UTC), dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
FROM = dt.date(2026, 12, 20)


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze("2026-11-26T10:00Z")


@pytest.fixture
def lantern():
    return meeting_group()


@pytest.fixture
def oak():
    return meeting_group(said("FREQ=WEEKLY;BYDAY=FR", first="2025-01-10", zone="Europe/Berlin"), name="Oak")


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(name="Chair"), lantern, Power.MANAGE)


@pytest.fixture
def guest_chair(oak):
    return join(PersonFactory(name="Guest chair"), oak, Power.MANAGE)


@pytest.fixture
def agreed(lantern, oak, chair, guest_chair):
    joint = ask_to_join(lantern, oak, position=0, from_day=FROM, by=chair)
    return answer_joining(joint, agrees=True, by=guest_chair)


def days(client, path):
    parsed = icalendar.Calendar.from_ical(client.get(path).content)
    found = recurring_ical_events.of(parsed).between(START, END)
    return {
        (str(event["UID"]), event["DTSTART"].dt.date().isoformat()) for event in found if event["STATUS"] != "CANCELLED"
    }


def of_lantern(lantern, since=dt.date(2026, 11, 26)):
    uid = lantern.series.get().slots.get().uid
    found = lantern.meetings.filter(starts_at__gt=timezone.now(), starts_at__lt=END, status="planned")
    return {(uid, one.starts.date().isoformat()) for one in found if one.starts.date() >= since}


def told(kind):
    return sorted(Telling.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_group_that_said_yes_has_the_calls_from_that_day_on_in_lists_and_feeds(client, agreed, lantern, oak):
    host_feed, feed = (f"/groups/{group.slug}/calendar.ics" for group in (lantern, oak))
    own = {one for one in days(client, feed) if one[0] != lantern.series.get().slots.get().uid}

    coming = [one for one in upcoming_meetings(oak, now=timezone.now()) if one.group == lantern]

    assert {one.starts.date().isoformat() for one in coming} == {
        "2026-12-23", "2027-01-06", "2027-01-20", "2027-02-03", "2027-02-17",
    }  # fmt: skip
    assert days(client, feed) - own == of_lantern(lantern, since=FROM)
    assert days(client, host_feed) == of_lantern(lantern)
    assert days(client, "/calendar.ics") == of_lantern(lantern) | own


def test_asking_tells_who_leads_and_the_yes_tells_everybody_of_both_groups_once(lantern, oak, chair, guest_chair):
    both = join(join(PersonFactory(name="Of both"), lantern, Power.TAKE_PART), oak, Power.OBSERVE)
    del both

    joint = ask_to_join(lantern, oak, position=0, from_day=FROM, by=chair)
    assert told("meetings.joining_waits") == ["Guest chair"]
    answer_joining(joint, agrees=True, by=guest_chair)
    answer_joining(joint, agrees=True, by=guest_chair)

    assert told("meetings.calls_are_joint") == ["Chair", "Of both"]
    facts = Entry.objects.filter(kind__startswith="meetings.joining").order_by("pk")
    assert [(one.kind, one.within_id, one.payload) for one in facts] == [
        (
            "meetings.joining_asked",
            lantern.pk,
            {
                "joint_id": joint.pk, "group_id": oak.pk, "group": "Oak", "position": 0, "meeting_id": None,
                "first_day": "2026-12-20",
            },
        ),
        (
            "meetings.joining_agreed",
            oak.pk,
            {
                "joint_id": joint.pk, "host_id": lantern.pk, "host": lantern.name, "group": "Oak",
                "first_day": "2026-12-20",
            },
        ),
    ]  # fmt: skip


def test_no_is_told_to_the_host_alone_and_changes_nothing(lantern, oak, chair, guest_chair):
    joint = ask_to_join(lantern, oak, position=0, by=chair)

    answer_joining(joint, agrees=False, by=guest_chair)

    assert (told("meetings.joining_declined"), told("meetings.calls_are_joint")) == (["Chair"], [])
    assert not JoinedMeeting.objects.exists()
    with pytest.raises(Refused) as refused:
        answer_joining(joint, agrees=True, by=guest_chair)
    assert refused.value.code == "answered"


WHO = ["manager", "participant", "observer", "former manager", "stranger", "steward", "machine"]


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(who, lantern, oak, chair, guest_chair):
    allowed = {"ask": [], "answer": [], "end as host": [], "end as guest": [], "take back": []}
    for side, group in (("host", lantern), ("guest", oak)):
        by = actor(who, group)
        for name in ("ask", "answer", "end", "take back"):
            JointCall.objects.all().delete()
            joint = ask_to_join(lantern, oak, position=0, by=system()) if name != "ask" else None
            if name == "end":
                answer_joining(joint, agrees=True, by=system())
            attempt = {
                "ask": lambda by=by: ask_to_join(lantern, oak, position=0, by=by),
                "answer": lambda joint=joint, by=by: answer_joining(joint, agrees=True, by=by),
                "end": lambda joint=joint, by=by: end_joining(joint, by=by),
                "take back": lambda joint=joint, by=by: end_joining(joint, by=by),
            }[name]
            key = f"end as {side}" if name == "end" else name
            try:
                attempt()
            except Refused as refused:
                assert refused.code == "forbidden", (name, side)
            else:
                allowed[key].append(side)

    everywhere, leads = who in ("steward", "machine"), who == "manager"
    both = ["host", "guest"]
    assert allowed == {
        "ask": both if everywhere else ["host"] if leads else [],
        "answer": both if everywhere else ["guest"] if leads else [],
        "end as host": ["host"] if everywhere or leads else [],
        "end as guest": ["guest"] if everywhere or leads else [],
        "take back": both if everywhere else ["host"] if leads else [],
    }


def test_what_cannot_be_asked_is_refused_with_its_reason(agreed, lantern, oak, chair):
    elm = meeting_group(name="Elm")
    call = next_meeting(lantern)
    close_group(elm, why="x", by=system())

    for code, given in {
        "invalid": {"group": lantern, "position": 0},
        "closed": {"group": elm, "position": 0},
        "past": {"group": oak, "position": 0, "from_day": dt.date(2026, 11, 25)},
        "not_found": {"group": oak, "position": 7},
        "already_joint": {"group": oak, "position": 0, "from_day": FROM + dt.timedelta(days=90)},
    }.items():
        with pytest.raises(Refused) as refused:
            ask_to_join(lantern, **given, by=chair)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        ask_to_join(lantern, oak, meeting=next_meeting(oak), by=chair)
    assert refused.value.code == "invalid"
    cancel_meeting(call, why="x", by=chair)
    with pytest.raises(Refused) as refused:
        ask_to_join(lantern, oak, meeting=call, by=chair)
    assert refused.value.code == "meeting_over"


def test_either_side_ends_it_from_a_day_on_and_calls_before_it_stay_joint(client, agreed, lantern, oak, guest_chair):
    uid = lantern.series.get().slots.get().uid

    end_joining(agreed, from_day=dt.date(2027, 1, 20), by=guest_chair)
    end_joining(agreed, from_day=dt.date(2027, 1, 20), by=guest_chair)

    left = sorted(row.meeting.starts.date().isoformat() for row in JoinedMeeting.objects.all())
    assert left == ["2026-12-23", "2027-01-06"]
    feed = days(client, f"/groups/{oak.slug}/calendar.ics")
    assert sorted(day for one, day in feed if one == uid) == left
    assert len(days(client, f"/groups/{lantern.slug}/calendar.ics")) == len(of_lantern(lantern))
    assert told("meetings.calls_no_longer_joint") == ["Chair"]
    assert Entry.objects.filter(kind="meetings.joining_ended").count() == 1


def test_ended_before_it_began_it_is_cancelled_in_the_other_feed(client, agreed, lantern, oak, chair):
    uid = lantern.series.get().slots.get().uid

    end_joining(agreed, by=chair)

    agreed.refresh_from_db()
    assert (agreed.state, agreed.last_day) == (JointState.CALLED_OFF, None)
    parsed = icalendar.Calendar.from_ical(client.get(f"/groups/{oak.slug}/calendar.ics").content)
    assert [str(one["STATUS"]) for one in parsed.walk("VEVENT") if one["UID"] == uid] == ["CANCELLED"]
    assert not JoinedMeeting.objects.exists()


def test_one_call_is_joined_alone_and_its_moves_are_told_to_both_groups_once(client, lantern, oak, chair, guest_chair):
    join(join(PersonFactory(name="Of both"), lantern, Power.TAKE_PART), oak, Power.OBSERVE)
    call = next_meeting(lantern)
    uid = lantern.series.get().slots.get().uid
    answer_joining(ask_to_join(lantern, oak, meeting=call, by=chair), agrees=True, by=guest_chair)
    feed = f"/groups/{oak.slug}/calendar.ics"
    assert [day for one, day in days(client, feed) if one == uid] == [call.starts.date().isoformat()]

    moved = move_meeting(call, to=call.starts + dt.timedelta(days=1), why="a holiday", by=chair)

    assert [day for one, day in days(client, feed) if one == uid] == [moved.starts.date().isoformat()]
    assert told("meetings.moved") == ["Guest chair", "Of both"]
    assert days(client, "/calendar.ics") >= {(uid, moved.starts.date().isoformat())}
    cancel_meeting(moved, why="too few of us", by=chair)
    assert told("meetings.cancelled") == ["Guest chair", "Of both"]


def test_meetings_made_later_are_joined_too_and_the_feed_stays_unchanged(client, agreed, lantern, oak, clock):
    feed = f"/groups/{oak.slug}/calendar.ics"
    clock.move_to("2027-02-01T10:00Z")
    tag = client.get(feed)["ETag"]

    materialise_ahead(lantern.series.get(), now=timezone.now())

    last = lantern.meetings.order_by("starts_at").last()
    assert last.starts.date() > dt.date(2027, 4, 20)
    assert last.joined == [oak]
    assert client.get(feed, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("which", ["host", "guest"])
def test_closing_either_group_ends_it_and_twice_is_once(which, agreed, lantern, oak):
    group = lantern if which == "host" else oak
    close_group(group, why="Its work is done", by=system())
    group.refresh_from_db()

    for _time in range(2):
        end_joint_calls_of(group, closed_on=dt.date(2026, 11, 26), by=system())

    agreed.refresh_from_db()
    assert agreed.state == JointState.CALLED_OFF
    assert not JoinedMeeting.objects.exists()
    assert told("meetings.calls_no_longer_joint") == ["Guest chair" if which == "host" else "Chair"]


def test_next_calls_of_many_groups_take_two_queries_and_a_joint_one_is_there_for_each(
    agreed, lantern, oak, django_assert_num_queries
):
    elm = meeting_group(name="Elm")
    now = dt.datetime(2026, 12, 23, 10, tzinfo=dt.UTC)

    for groups in ([oak], [oak, lantern, elm]):
        with django_assert_num_queries(2):
            found = next_meetings(groups, now=now, count=1)

    call = lantern.meetings.get(starts=dt.datetime(2026, 12, 23, 8))
    assert (found[oak.pk], found[lantern.pk]) == ([call], [call])
