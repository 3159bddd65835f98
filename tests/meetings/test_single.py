from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.calendar.models import CalendarItem
from folkmoot.calendar.models import Status as ItemStatus
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry, EntryDetail
from folkmoot.meetings.actions import (
    add_extra_meeting,
    cancel_meeting,
    move_meeting,
    restore_meeting,
)
from folkmoot.meetings.models import Meeting, Status
from tests.factories.meetings import actor, meeting_group, next_meeting, said

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
THURSDAY = dt.datetime(2026, 11, 26, 9)
MAY = {"steward", "manager", "system", "machine"}
WHO = ["steward", "manager", "system", "machine", "other group's manager", "participant", "observer", "stranger",
       "former manager"]  # fmt: skip


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-23T12:00Z")


@pytest.fixture
def group(clock):
    return meeting_group()


def move(meeting, by):
    return move_meeting(meeting, to=THURSDAY, why="Holiday", by=by)


def cancel(meeting, by):
    return cancel_meeting(meeting, why="Nobody is here", by=by)


def restore(meeting, by):
    cancel_meeting(meeting, why="Nobody is here", by=system())
    return restore_meeting(meeting, by=by)


def add(meeting, by):
    return add_extra_meeting(meeting.group, starts=THURSDAY, zone="Europe/Berlin", duration=HOUR, by=by)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", [move, cancel, restore, add])
def test_who_may_change_meetings(group, act, who):
    meeting = next_meeting(group)
    by = actor(who, group)

    if who in MAY:
        assert act(meeting, by).pk
    else:
        with pytest.raises(Refused) as refused:
            act(meeting, by)
        assert refused.value.code == "forbidden"
        assert "Only a manager of Lantern Working Group or a steward" in refused.value.message


def entries():
    return list(
        Entry.objects.filter(kind__startswith="meetings.")
        .exclude(kind="meetings.series_began")
        .order_by("pk")
        .values_list("kind", "payload", "changes")
    )


def test_moved_meeting_has_its_new_time_and_the_rest_stay(group):
    meeting = next_meeting(group)
    others = list(group.meetings.exclude(pk=meeting.pk).order_by("pk").values())
    manager = actor("manager", group)

    moved = move_meeting(meeting, to=THURSDAY, why="  Holiday\nin\x00 the States ", by=manager)

    moved.refresh_from_db()
    assert (moved.starts, moved.zone, moved.original) == (THURSDAY, "America/Los_Angeles", dt.datetime(2026, 11, 25, 8))
    assert moved.starts_at == dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC)
    assert moved.ends_at == dt.datetime(2026, 11, 26, 18, tzinfo=dt.UTC)
    assert (moved.why, moved.is_moved, moved.status) == ("Holiday in the States", True, Status.PLANNED)
    assert list(group.meetings.exclude(pk=meeting.pk).order_by("pk").values()) == others
    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert (item.starts, item.sequence, item.description) == (THURSDAY, 1, "Holiday in the States")
    assert item.path == f"/meetings/{meeting.pk}/"
    assert entries() == [
        (
            "meetings.moved",
            {"meeting_id": meeting.pk, "was": "2026-11-25 08:00", "now": "2026-11-26 09:00", "place": "Los Angeles"},
            {"starts": ["2026-11-25 08:00", "2026-11-26 09:00"]},
        )
    ]
    assert EntryDetail.objects.get(entry__kind="meetings.moved").words == {"why": "Holiday in the States"}
    entry = Entry.objects.get(kind="meetings.moved")
    assert (entry.actor, entry.on_id, entry.within_id) == (manager, meeting.pk, group.pk)


def test_meeting_moved_to_another_zone_keeps_its_place_in_the_series(group):
    meeting = next_meeting(group)

    moved = move_meeting(meeting, to=dt.datetime(2026, 11, 25, 21, 30), zone="Asia/Calcutta", why="Guest", by=system())

    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert moved.zone == "Asia/Kolkata"
    assert moved.starts_at == meeting.starts_at
    assert "RECURRENCE-ID;TZID=America/Los_Angeles:20261125T080000\r\n" in item.component
    assert "DTSTART;TZID=Asia/Kolkata:20261125T213000\r\n" in item.component
    assert entries()[0][2] == {
        "starts": ["2026-11-25 08:00", "2026-11-25 21:30"],
        "zone": ["America/Los_Angeles", "Asia/Kolkata"],
    }


def test_move_to_where_it_is_changes_nothing(group):
    meeting = next_meeting(group)

    move_meeting(meeting, to=meeting.starts, why="Just so", by=system())

    assert entries() == []
    assert not CalendarItem.objects.exclude(recurrence_id=None).exists()


def test_meeting_moved_back_is_not_a_moved_one_any_more(group):
    meeting = next_meeting(group)
    move(meeting, system())

    back = move_meeting(meeting, to=meeting.original, why="After all", by=system())

    assert not back.is_moved
    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert (item.starts, item.sequence, item.status) == (meeting.original, 2, ItemStatus.CONFIRMED)


def test_cancelled_meeting_stays_with_its_reason_and_is_told_once(group, clock):
    meeting = next_meeting(group)

    cancel(meeting, system())
    clock.shift(60)
    cancel_meeting(meeting, why="Another reason", by=system())

    meeting.refresh_from_db()
    assert (meeting.status, meeting.why) == (Status.CANCELLED, "Nobody is here")
    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert (item.status, item.sequence, item.starts) == (ItemStatus.CANCELLED, 1, meeting.starts)
    assert entries() == [
        (
            "meetings.cancelled",
            {"meeting_id": meeting.pk, "was": "2026-11-25 08:00", "place": "Los Angeles"},
            {"status": ["planned", "cancelled"]},
        )
    ]


def test_restored_meeting_is_at_the_time_it_last_had(group):
    meeting = next_meeting(group)
    move(meeting, system())
    cancel(meeting, system())

    restored = restore_meeting(meeting, by=system())
    restore_meeting(meeting, by=system())

    assert (restored.status, restored.starts, restored.why) == (Status.PLANNED, THURSDAY, "")
    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert (item.status, item.sequence) == (ItemStatus.CONFIRMED, 3)
    assert [kind for kind, *_ in entries()] == ["meetings.moved", "meetings.cancelled", "meetings.restored"]


def test_cancelled_meeting_is_restored_before_it_is_moved(group):
    meeting = next_meeting(group)
    cancel(meeting, system())

    with pytest.raises(Refused, match="restore it before moving it") as refused:
        move(meeting, system())

    assert refused.value.code == "meeting_cancelled"


@pytest.mark.parametrize("act", [move, cancel, restore_meeting])
@pytest.mark.parametrize("seconds", [0, 600, 86400])
def test_what_has_begun_cannot_be_changed(group, clock, act, seconds):
    meeting = next_meeting(group)
    clock.move_to(meeting.starts_at + dt.timedelta(seconds=seconds))

    with pytest.raises(Refused, match="has begun, or is over") as refused:
        act(meeting, by=system())

    assert refused.value.code == "meeting_over"


def test_dropped_meeting_cannot_be_changed(group):
    meeting = next_meeting(group)
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.DROPPED)

    with pytest.raises(Refused, match="no longer planned"):
        cancel(meeting, system())


@pytest.mark.parametrize("why", ["", "   ", "\x00\r\n"])
def test_change_without_a_reason_is_refused(group, why):
    for act in (cancel_meeting, lambda m, **given: move_meeting(m, to=THURSDAY, **given)):
        with pytest.raises(Refused, match="Please say why") as refused:
            act(next_meeting(group), why=why, by=system())
        assert refused.value.code == "invalid"


def test_endless_reason_is_refused(group):
    with pytest.raises(Refused, match="at most 500 characters"):
        cancel_meeting(next_meeting(group), why="x" * 10_000, by=system())


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (dt.datetime(2026, 11, 22, 8), "in_the_past"),
        (dt.datetime(2026, 11, 23, 4), "in_the_past"),  # just now
        (dt.datetime(1, 1, 1), "in_the_past"),
        (dt.datetime(2029, 1, 1, 8), "too_far_ahead"),
        (dt.datetime(9999, 12, 31, 23), "time_out_of_range"),
    ],
)
def test_time_out_of_reach_is_refused(group, to, code):
    with pytest.raises(Refused) as refused:
        move_meeting(next_meeting(group), to=to, why="Holiday", by=system())

    assert refused.value.code == code


def test_unknown_zone_is_refused(group):
    with pytest.raises(Refused) as refused:
        move_meeting(next_meeting(group), to=THURSDAY, zone="PST", why="Holiday", by=system())

    assert refused.value.code == "zone_abbreviation"


# When clocks change


@pytest.fixture
def berlin(clock):
    clock.move_to("2026-02-01T12:00Z")
    return meeting_group(said("FREQ=WEEKLY;BYDAY=MO", first="2026-01-05", zone="Europe/Berlin", at="09:00"))


def test_time_that_no_clock_shows_is_refused_with_what_may_be_meant(berlin):
    meeting = next_meeting(berlin, number=7)

    with pytest.raises(Refused, match="There is no 02:30 in Berlin on 29 March 2026") as refused:
        move_meeting(meeting, to=dt.datetime(2026, 3, 29, 2, 30), why="Night shift", by=system())

    assert refused.value.code == "time_in_gap"
    assert [candidate.local for candidate in refused.value.params["candidates"]] == [
        dt.datetime(2026, 3, 29, 3, 30),
        dt.datetime(2026, 3, 29, 1, 30),
    ]
    meeting.refresh_from_db()
    assert not meeting.is_moved


def test_time_that_comes_twice_has_to_be_chosen(berlin, clock):
    clock.move_to("2026-10-20T12:00Z")
    meeting = add_extra_meeting(
        berlin, starts=dt.datetime(2026, 10, 26, 9), zone="Europe/Berlin", duration=HOUR, by=system()
    )
    night = dt.datetime(2026, 10, 25, 2, 30)

    with pytest.raises(Refused, match="It is 02:30 twice in Berlin on 25 October 2026") as refused:
        move_meeting(meeting, to=night, why="Night shift", by=system())
    assert refused.value.code == "time_twice"

    first = move_meeting(meeting, to=night, fold=0, why="Night shift", by=system())
    assert (first.fold, first.starts_at) == (0, dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC))
    second = move_meeting(meeting, to=night, fold=1, why="Later", by=system())
    assert (second.fold, second.starts_at) == (1, dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC))
    assert "DTSTART:20261025T013000Z\r\n" in CalendarItem.objects.get(uid=meeting.uid).component
    assert [kind for kind, *_ in entries()] == ["meetings.added", "meetings.moved", "meetings.moved"]


def test_meetings_in_a_doubled_hour_stand_in_order_of_time(berlin, clock):
    clock.move_to("2026-10-20T12:00Z")
    night = dt.datetime(2026, 10, 25, 2, 30)
    second = add_extra_meeting(berlin, starts=night, fold=1, zone="Europe/Berlin", duration=HOUR, by=system())
    first = add_extra_meeting(berlin, starts=night, fold=0, zone="Europe/Berlin", duration=HOUR, by=system())

    assert list(Meeting.objects.filter(starts=night)) == [first, second]


def test_fold_is_ignored_where_a_time_comes_once(group):
    moved = move_meeting(next_meeting(group), to=THURSDAY, fold=1, why="Holiday", by=system())

    assert moved.fold == 0


# Called besides


def test_extra_meeting_is_an_item_of_its_own(group):
    meeting = add_extra_meeting(
        group, title=" Newcomers’\r\nhour ", starts=THURSDAY, zone="Europe/Berlin", duration=HOUR, by=system()
    )

    assert (meeting.title, meeting.is_extra, meeting.is_moved) == ("Newcomers’ hour", True, False)
    item = CalendarItem.objects.get(uid=meeting.uid)
    assert (item.summary, item.recurrence_id, item.group) == ("Newcomers’ hour · Lantern Working Group", None, group)
    assert entries() == [
        (
            "meetings.added",
            {"meeting_id": meeting.pk, "now": "2026-11-26 09:00", "place": "Berlin"},
            {},
        )
    ]
    cancel_meeting(meeting, why="Nobody is new", by=system())
    item.refresh_from_db()
    assert (item.status, item.sequence) == (ItemStatus.CANCELLED, 1)


@pytest.mark.parametrize("duration", [dt.timedelta(), -HOUR, dt.timedelta(hours=24, minutes=1)])
def test_extra_meeting_of_impossible_length_is_refused(group, duration):
    with pytest.raises(Refused, match="from a minute to a day"):
        add_extra_meeting(group, starts=THURSDAY, zone="Europe/Berlin", duration=duration, by=system())


def test_endless_title_is_refused(group):
    with pytest.raises(Refused, match="at most 200 characters"):
        add_extra_meeting(group, title="x" * 201, starts=THURSDAY, zone="UTC", duration=HOUR, by=system())


def test_facts_have_sentences_for_everyone(group):
    from folkmoot.ledger.facts import Audience, kind_named

    for kind in ("series_began", "series_ended", "moved", "cancelled", "restored", "added", "shifted"):
        fact = kind_named(f"meetings.{kind}")
        words = dict.fromkeys(fact.__dataclass_fields__, "X") | {"actor": "Ada"}
        assert fact.audience == Audience.PUBLIC
        assert "{" not in str(fact.sentence).format(**words)
