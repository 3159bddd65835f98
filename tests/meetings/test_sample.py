from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.ledger.actors import system
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.sample import hold_meetings
from tests.calendar.reading import lines_of
from tests.factories.meetings import meeting_group, said
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


def test_sample_groups_have_a_year_behind_them_and_life_ahead(freeze, client):
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    freeze(now)
    organisation(is_sample=True)
    group = meeting_group(on=dt.date(2025, 11, 23))
    other = meeting_group(name="Oak")
    silent = meeting_group({**said(), "zone": None}, name="Silent")

    hold_meetings([group, other, silent], by=system())

    assert [one.meetings.filter(ends_at__lt=now).count() for one in (group, other, silent)] == [26, 26, 0]
    coming = list(Meeting.objects.filter(starts_at__gt=now).select_related("slot__series", "group"))
    assert [one.group for one in coming if one.is_cancelled] == [group]
    assert [one.group for one in coming if one.is_moved] == [group]
    page = client.get(f"/groups/{group.slug}/meetings/").content.decode()
    assert sum(line.is_struck for line in lines_of(page)) == 1
    feed = client.get(f"/groups/{group.slug}/calendar.ics").content.decode()
    assert (feed.count("STATUS:CANCELLED"), feed.count("RECURRENCE-ID")) == (1, 2)
