from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from folkmoot.calendar.models import CalendarItem, FeedStamp
from folkmoot.calendar.models import Status as ItemStatus
from folkmoot.groups.facts import CharterAdopted
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import react, reactions_to
from folkmoot.meetings.actions import (
    bring_in_order,
    cancel_meeting,
    materialise,
    materialise_ahead,
    move_meeting,
    restore_meeting,
)
from folkmoot.meetings.models import Meeting, Series, Slot, Status
from tests.factories.meetings import amend, charter_adopted, meeting_group, next_meeting, said

pytestmark = pytest.mark.django_db

MONTHLY = said("FREQ=MONTHLY;BYDAY=1TU", first="2025-02-04", at="09:30", zone="Asia/Kathmandu", minutes=90)


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-23T12:00Z")


def told(*kinds):
    return list(Entry.objects.filter(kind__in=kinds or _KINDS).order_by("pk").values_list("kind", "payload"))


_KINDS = ["meetings.series_began", "meetings.series_ended", "meetings.moved", "meetings.cancelled", "meetings.shifted"]


def state():
    """Every row that the reaction may write, without the entries themselves."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Series, Slot, Meeting, CalendarItem, FeedStamp)
    ] + [told()]


def wall(*args):
    return dt.datetime(*args)


def test_adoption_schedules_what_the_charter_says(settle):
    group = charter_adopted()

    settle()

    series = group.series.get()
    slot = series.slots.get()
    meetings = list(group.meetings.order_by("starts_at"))
    assert (series.zone, series.duration, series.duration_stated, series.ends_on) == (
        "America/Los_Angeles", dt.timedelta(hours=1), False, None,
    )  # fmt: skip
    assert (slot.first_date, slot.local_time) == (dt.date(2025, 1, 22), dt.time(8))
    assert [meeting.starts for meeting in meetings][:2] == [wall(2026, 11, 25, 8), wall(2026, 12, 9, 8)]
    assert all(meeting.original == meeting.starts for meeting in meetings)
    assert meetings[0].starts_at == dt.datetime(2026, 11, 25, 16, tzinfo=dt.UTC)
    assert meetings[0].ends_at == dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
    item = CalendarItem.objects.get()
    assert (item.uid, item.group, item.rule) == (slot.uid, group, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")
    assert told() == [
        (
            "meetings.series_began",
            {"series_id": series.pk, "cadence": "every second Wednesday", "time": "08:00", "place": "Los Angeles"},
        )
    ]


def test_adoption_delivered_twice_writes_once(settle, clock):
    group = charter_adopted()
    settle()
    before = state()
    entry = Entry.objects.get(kind=CharterAdopted.kind)
    clock.shift(60)

    for path in reactions_to(CharterAdopted.kind):
        with transaction.atomic():
            react(entry.pk, path)

    assert state() == before
    assert group.meetings.count() == 7


def test_several_meetings_of_a_charter_are_several_series():
    group = meeting_group(said(), MONTHLY)

    assert list(group.series.values_list("position", "zone", "duration_stated")) == [
        (0, "America/Los_Angeles", False),
        (1, "Asia/Kathmandu", True),
    ]
    assert CalendarItem.objects.filter(group=group).count() == 2


def test_what_a_charter_leaves_open_is_not_scheduled():
    group = meeting_group({**said(), "zone": None})

    assert not group.series.exists()
    assert not group.meetings.exists()


def test_start_date_on_another_weekday_gives_way_to_the_next_day_of_the_rule():
    group = meeting_group(said(first="2025-01-20"))

    assert Slot.objects.get(series__group=group).first_date == dt.date(2025, 1, 22)


def test_fixed_offset_stays_where_it_is_all_year():
    group = meeting_group(said("FREQ=WEEKLY;BYDAY=WE", zone="UTC-08:00"))
    series = group.series.prefetch_related("slots").get()
    materialise(series, start=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), end=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    assert {meeting.starts_at.time() for meeting in group.meetings.all()} == {dt.time(16)}


@pytest.mark.parametrize(("text", "count"), [("FREQ=MONTHLY;BYDAY=1TU", 6), ("FREQ=YEARLY;BYMONTH=3;BYDAY=1TU", 6),
                                             ("FREQ=DAILY", 91)])  # fmt: skip
def test_at_least_six_and_at_most_a_quarter_of_a_year_are_made_ahead(text, count):
    assert meeting_group(said(text)).meetings.count() == count


def test_meetings_are_made_night_after_night(clock, settle):
    from folkmoot.meetings.tasks import keep_meetings_ahead

    group = meeting_group()
    last = group.meetings.order_by("starts_at").last()
    clock.shift(dt.timedelta(days=60))

    for _night in range(2):
        keep_meetings_ahead.enqueue()
        settle()

    assert group.meetings.count() == 11
    assert group.meetings.order_by("starts_at").last().original == last.original + dt.timedelta(days=56)


def test_the_night_s_job_leaves_moved_and_cancelled_meetings_alone(clock, settle):
    from folkmoot.meetings.tasks import keep_meetings_ahead

    group = meeting_group()
    first, second = next_meeting(group), next_meeting(group, number=1)
    move_meeting(first, to=wall(2026, 11, 26, 9), why="Holiday", by=system())
    cancel_meeting(second, why="Nobody is here", by=system())
    before = state()
    clock.shift(3600)

    keep_meetings_ahead.enqueue()
    settle()

    assert state() == before


def test_job_is_in_the_schedule():
    from folkmoot.ledger.schedule import jobs

    daily = {job.name: job.interval for job in jobs()}

    assert daily["folkmoot.meetings.tasks.keep_meetings_ahead"] == dt.timedelta(days=1)
    assert daily["folkmoot.calendar.tasks.keep_components"] == dt.timedelta(days=1)


def test_meetings_of_the_past_can_be_made_for_a_record():
    group = meeting_group()
    series = group.series.prefetch_related("slots").get()
    span = {"start": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "end": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}

    assert materialise(series, **span) == 23
    assert materialise(series, **span) == 0
    assert group.meetings.filter(starts_at__lt=span["end"]).count() == 23


def test_making_meetings_costs_two_queries_a_slot_and_two_for_who_joins(django_assert_num_queries, clock):
    group = meeting_group()
    series = group.series.prefetch_related("slots").get()
    clock.shift(dt.timedelta(days=60))
    from django.utils import timezone

    with django_assert_num_queries(4):
        materialise_ahead(series, now=timezone.now())
    with django_assert_num_queries(3):
        materialise_ahead(series, now=timezone.now())


# Amended charters


def test_version_with_the_same_times_changes_only_the_words():
    group = meeting_group()
    before = state()
    amend(group, said(first="2026-01-07", clause="calls", minutes=None, cadence="every other Wednesday",
                      table=(("PST", "08:00", ("America/Los_Angeles",)),)), on=dt.date(2026, 12, 1))  # fmt: skip

    bring_in_order(group, by=system())

    series = group.series.get()
    assert (series.clause_anchor, series.cadence, series.ends_on) == ("calls", "every other Wednesday", None)
    assert series.table == [{"label": "PST", "time": "08:00", "zones": ["America/Los_Angeles"]}]
    assert state()[1:] == before[1:]


def test_version_with_another_time_ends_the_series_and_begins_another(settle):
    group = meeting_group()
    old_slot = Slot.objects.get()
    past_uid = old_slot.uid
    amend(group, said(at="17:00", zone="Europe/Berlin"), on=dt.date(2027, 1, 1))

    bring_in_order(group, by=system())

    old, new = group.series.order_by("pk")
    assert (old.ends_on, new.ends_on) == (dt.date(2026, 12, 31), None)
    assert [(m.starts, m.zone) for m in group.meetings.filter(status=Status.PLANNED).order_by("starts_at")][:4] == [
        (wall(2026, 11, 25, 8), "America/Los_Angeles"),
        (wall(2026, 12, 9, 8), "America/Los_Angeles"),
        (wall(2026, 12, 23, 8), "America/Los_Angeles"),
        (wall(2027, 1, 6, 17), "Europe/Berlin"),
    ]
    dropped = group.meetings.filter(status=Status.DROPPED)
    assert {meeting.original.year for meeting in dropped} == {2027}
    ended = CalendarItem.objects.get(uid=past_uid)
    assert ended.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20261223T160000Z"
    assert (ended.sequence, ended.status) == (1, ItemStatus.CONFIRMED)
    assert [kind for kind, _payload in told()] == [
        "meetings.series_began", "meetings.series_ended", "meetings.series_began",
    ]  # fmt: skip


def test_amended_charter_delivered_twice_writes_once(clock):
    group = meeting_group()
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))
    bring_in_order(group, by=system())
    before = state()
    clock.shift(60)

    bring_in_order(group, by=system())

    assert state() == before


def test_both_versions_are_followed_whichever_fact_is_delivered_first(settle):
    group = charter_adopted()
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))
    first, second = Entry.objects.filter(kind=CharterAdopted.kind).order_by("pk")
    path = next(path for path in reactions_to(CharterAdopted.kind) if path.startswith("folkmoot.meetings."))

    for entry in (second, first):
        with transaction.atomic():
            react(entry.pk, path)
    after = state()
    settle()

    assert [series.ends_on for series in group.series.order_by("pk")] == [dt.date(2026, 12, 31), None]
    assert state() == after


def test_past_meetings_stay_as_they_were_when_a_charter_is_amended(clock):
    group = meeting_group()
    moved, cancelled = next_meeting(group), next_meeting(group, number=1)
    move_meeting(moved, to=wall(2026, 11, 26, 9), why="Holiday", by=system())
    cancel_meeting(cancelled, why="Nobody is here", by=system())
    clock.move_to("2026-12-20T12:00Z")
    before = list(group.meetings.filter(starts_at__lt=dt.datetime(2026, 12, 20, tzinfo=dt.UTC)).order_by("pk").values())
    amend(group, said(at="17:00"), on=dt.date(2026, 12, 21))

    bring_in_order(group, by=system())

    after = list(group.meetings.filter(starts_at__lt=dt.datetime(2026, 12, 20, tzinfo=dt.UTC)).order_by("pk").values())
    assert after == before
    assert CalendarItem.objects.get(recurrence_id=wall(2026, 11, 25, 8)).status == ItemStatus.CONFIRMED


def test_changed_meetings_after_the_end_of_their_series_leave_the_calendars():
    group = meeting_group()
    moved, restored = next_meeting(group, number=3), next_meeting(group, number=4)
    move_meeting(moved, to=wall(2027, 1, 7, 9), why="Holiday", by=system())
    restore_meeting(cancel_meeting(restored, why="Nobody is here", by=system()), by=system())
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))

    bring_in_order(group, by=system())

    changed = CalendarItem.objects.exclude(recurrence_id=None)
    assert [item.status for item in changed] == [ItemStatus.CANCELLED, ItemStatus.CANCELLED]
    moved.refresh_from_db()
    assert moved.status == Status.DROPPED


def test_meeting_moved_past_the_end_of_its_series_stays():
    """It belongs to a day before the amendment, whenever it now takes place."""
    group = meeting_group()
    last = next_meeting(group, number=2)
    move_meeting(last, to=wall(2027, 1, 4, 9), why="Holiday", by=system())
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))

    bring_in_order(group, by=system())

    last.refresh_from_db()
    assert last.status == Status.PLANNED
    assert CalendarItem.objects.get(recurrence_id=last.original).status == ItemStatus.CONFIRMED


def test_charter_that_meets_no_more_ends_the_series():
    group = meeting_group()
    amend(group, on=dt.date(2026, 12, 10))

    bring_in_order(group, by=system())

    assert group.series.get().ends_on == dt.date(2026, 12, 9)
    assert [m.starts.date() for m in group.meetings.filter(status=Status.PLANNED).order_by("pk")] == [
        dt.date(2026, 11, 25), dt.date(2026, 12, 9),
    ]  # fmt: skip


def test_series_that_a_version_overtakes_before_it_began_is_withdrawn(clock):
    group = meeting_group(said(first="2027-01-20"))
    amend(group, said(at="17:00", first="2027-01-20"), on=dt.date(2026, 12, 1))

    bring_in_order(group, by=system())

    old, new = group.series.order_by("pk")
    assert CalendarItem.objects.get(uid=old.slots.get().uid).status == ItemStatus.CANCELLED
    assert old.ends_on is not None
    assert new.ends_on is None
    assert set(group.meetings.filter(slot__series=old).values_list("status", flat=True)) == {Status.DROPPED}
    before = state()
    bring_in_order(group, by=system())
    assert state() == before


def test_version_brought_in_between_shortens_what_was_before_it():
    group = meeting_group()
    amend(group, said(at="17:00"), on=dt.date(2027, 3, 1))
    bring_in_order(group, by=system())
    amend(group, said(at="12:00"), on=dt.date(2027, 1, 1))

    for _time in range(2):
        bring_in_order(group, by=system())

    found = [(one.slots.get().local_time.hour, one.ends_on) for one in group.series.order_by("pk")]
    assert found == [(8, dt.date(2026, 12, 31)), (17, None), (12, dt.date(2027, 2, 28))]
    planned = group.meetings.filter(status=Status.PLANNED).order_by("starts_at")
    assert [one.starts.hour for one in planned if one.starts.date() < dt.date(2027, 3, 20)] == [
        *[8] * 3, *[12] * 4, *[17] * 2,
    ]  # fmt: skip


def test_version_of_the_same_day_overrules_the_one_before_it():
    group = meeting_group()
    amend(group, said(at="17:00"), on=dt.date(2027, 1, 1))
    bring_in_order(group, by=system())
    amend(group, said(at="12:00", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", first="2025-01-23"), on=dt.date(2027, 1, 1))

    for _time in range(2):
        bring_in_order(group, by=system())

    found = [(one.slots.get().local_time.hour, one.ends_on) for one in group.series.order_by("pk")]
    assert found == [(8, dt.date(2026, 12, 31)), (17, dt.date(2026, 12, 31)), (12, None)]
    overruled = CalendarItem.objects.get(uid=group.series.order_by("pk")[1].slots.get().uid)
    assert overruled.status == ItemStatus.CANCELLED
    assert [kind for kind, _payload in told()].count("meetings.series_ended") == 2


# What the database itself promises


def test_database_keeps_one_meeting_per_slot_and_time():
    meeting = next_meeting(meeting_group())
    meeting.pk, meeting.uid = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.save(force_insert=True)


def test_database_keeps_one_running_series_per_place_in_the_charter():
    series = meeting_group().series.get()
    series.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        series.save(force_insert=True)


@pytest.mark.parametrize(
    "broken",
    [{"original": None}, {"slot": None}, {"fold": 2}, {"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}],
)
def test_database_refuses_meetings_that_make_no_sense(broken):
    meeting = next_meeting(meeting_group())

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**broken)


def test_things_name_themselves():
    group = meeting_group()
    series = group.series.get()

    assert str(series) == "Lantern Working Group, series 0"
    assert str(series.slots.get()) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE at 08:00"
    assert str(next_meeting(group)) == "Lantern Working Group, 2026-11-25 08:00:00 America/Los_Angeles"
    assert "2026" not in str(FeedStamp.objects.get(key="organisation"))
    assert str(CalendarItem.objects.get()).startswith("Lantern Working Group, 2025-01-22")
