from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from folkmoot.groups.actions import give_role
from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.attendance_reading import counts_of
from folkmoot.meetings.burden_ledger import burden_of_year
from folkmoot.meetings.minutes_reading import actions_by_item
from folkmoot.meetings.models import AgendaItem, Attendance, FairPromise, Meeting, MinutesItem
from folkmoot.meetings.sample import hold_meetings
from folkmoot.meetings.sample_agendas import make_agendas
from folkmoot.meetings.sample_attendance import TOLD_BY_NAME, attend_calls
from folkmoot.meetings.sample_fair_times import take_a_fairer_rotation
from folkmoot.meetings.sample_minutes import write_minutes_of_calls
from tests.calendar.reading import lines_of
from tests.factories.groups import join, role
from tests.factories.meetings import meeting_group, next_meeting, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_sample_groups_have_a_year_behind_them_and_life_ahead(freeze, client):
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    freeze(now)
    organisation(is_sample=True)
    group = meeting_group(on=dt.date(2025, 11, 23))
    other = meeting_group(name="Oak")
    silent = meeting_group({**said(), "zone": None}, name="Silent")

    for number, power in enumerate([Power.MANAGE, *[Power.TAKE_PART] * 5, Power.OBSERVE]):
        came = now - dt.timedelta(days=300 - number)
        # Not the numbered names of the factory: a number can stand in the minutes as well.
        person = PersonFactory(name=f"Zorn{'abcdefg'[number]} Qvist")
        give_role(person, group, role(group, power), by=system(), at=came)
    hold_meetings([group, other, silent], by=system())
    make_agendas([group], by=system())
    attend_calls([group, other, silent], by=system())
    write_minutes_of_calls([group, other, silent], by=system())

    assert [one.meetings.filter(ends_at__lt=now).count() for one in (group, other, silent)] == [26, 26, 0]
    coming = list(Meeting.objects.filter(starts_at__gt=now).select_related("slot__series", "group"))
    assert [one.group for one in coming if one.is_cancelled] == [group]
    assert [one.group for one in coming if one.is_moved] == [group]
    over = list(group.meetings.filter(ends_at__lt=now).order_by("starts_at"))
    counts = counts_of(over)
    assert counts[over[-1].pk].guests == 1
    assert {one.pk for one in over if hasattr(one, "attendance_closing")} == {
        one.pk for one in over[:-TOLD_BY_NAME] if one.ends_at < now - dt.timedelta(days=14)
    }
    assert Attendance.objects.filter(meeting=over[-1], source="code").exists()
    assert [one.minutes.state for one in over] == [*["published"] * 24, "proposed", "draft"]
    assert MinutesItem.objects.filter(minutes__state="published", notes="").count() == 0
    assert MinutesItem.objects.filter(minutes__state="published").count() > 24 * 5
    assert [one.is_answered for one in over[-2].minutes.wanted.all()] == [True]
    noted = over[-1].minutes.items.get(decisions__isnull=False)
    todo = ["Write to the three hosts", "Ask the library for the small room"]
    assert [task.title for task in actions_by_item([noted])[noted.pk]] == todo
    assert other.meetings.filter(minutes__isnull=False).count() == 0
    page = client.get(f"/groups/{group.slug}/meetings/").content.decode()
    assert sum(line.is_struck for line in lines_of(page)) == 1
    feed = client.get(f"/groups/{group.slug}/calendar.ics").content.decode()
    assert (feed.count("STATUS:CANCELLED"), feed.count("RECURRENCE-ID")) == (1, 2)


def test_sample_agendas_have_a_year_behind_them_and_one_in_the_making(freeze, client):
    freeze("2026-11-23T12:00Z")
    organisation(is_sample=True)
    group = meeting_group(on=dt.date(2025, 11, 23))
    for name, power in (("Ada", Power.MANAGE), ("Ben", Power.TAKE_PART), ("Cleo", Power.TAKE_PART)):
        join(PersonFactory(name=name), group, power)
    hold_meetings([group], by=system())

    make_agendas([group], by=system())

    past = AgendaItem.objects.filter(meeting__ends_at__lt=timezone.now(), meeting__group=group)
    assert set(past.values_list("meeting").annotate(count=Count("pk")).values_list("count", flat=True)) == {6, 7}
    assert set(past.values_list("state", flat=True)) == {"done", "carried"}
    assert past.filter(state="carried").count() == AgendaItem.objects.exclude(carried_from=None).count() > 3
    page = client.get(reverse("agenda", args=[next_meeting(group).pk])).content.decode()
    assert "How we say no, kindly" in page
    assert "Passes together" in page
    assert AgendaItem.objects.filter(state="requested").count() == 2


def test_sample_rotation_was_promised_and_is_kept(freeze):
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    freeze(now)
    organisation(is_sample=True)
    groups = [Group.objects.create(slug="lantern", name="Lantern"), meeting_group(name="Oak")]
    for zone in ("Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles"):
        give_role(
            PersonFactory(zone=zone), groups[1], role(groups[1], Power.TAKE_PART), by=system(),
            at=now - dt.timedelta(days=300),
        )  # fmt: skip
    hold_meetings(groups, by=system())

    take_a_fairer_rotation(groups, by=system())

    kept = burden_of_year(groups[1], reader_id=None, now=now).kept
    assert (kept.held, kept.is_kept, kept.is_over) == (9, True, False)
    assert 0 < kept.most <= kept.promise.most < kept.promise.calls == 13
    told = Entry.objects.get(kind="meetings.rotation_adopted")
    assert told.happened_at.date() == kept.promise.from_day - dt.timedelta(days=10)
    assert not FairPromise.objects.filter(group=groups[0]).exists()


def test_sample_rotation_is_left_out_where_too_few_are_there(freeze):
    freeze("2026-11-23T12:00Z")
    organisation(is_sample=True)
    groups = [Group.objects.create(slug="lantern", name="Lantern"), meeting_group(name="Oak")]
    hold_meetings(groups, by=system())

    take_a_fairer_rotation(groups, by=system())

    assert not FairPromise.objects.exists()
