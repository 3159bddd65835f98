"""A time that a poll found becomes a series or a call."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.availability.actions import make_call_of, make_series_of
from folkmoot.availability.domain.hours import DAY
from folkmoot.availability.models import Sort
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.models import OWN_FROM
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.polls import poll

pytestmark = pytest.mark.django_db
LISBON = "Europe/Lisbon"


@pytest.fixture
def group(freeze):
    freeze("2026-11-23T15:30Z")  # a Monday
    organisation()
    return meeting_group()


@pytest.fixture
def ada(group):
    join(PersonFactory(name="Ben"), group)
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


def facts() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="availability.").order_by("pk").values_list("kind", flat=True))


def test_series_begins_with_the_next_such_hour_and_the_poll_closes(group, ada):
    made = poll(group, by=ada, zone=LISBON)

    position = make_series_of(made, 15 * 60, every=2, by=ada)

    made.refresh_from_db()
    assert (position, made.became_series, made.chosen, made.closed_at) == (
        OWN_FROM,
        OWN_FROM,
        900,
        dt.datetime(2026, 11, 23, 15, 30, tzinfo=dt.UTC),
    )
    calls = group.meetings.filter(slot__series__position=OWN_FROM).order_by("starts_at")[:2]
    assert [(call.starts, call.zone) for call in calls] == [
        (dt.datetime(2026, 11, 30, 15), LISBON),
        (dt.datetime(2026, 12, 14, 15), LISBON),
    ]
    assert calls[0].slot.series.title == "Lamp care"
    assert facts()[1:] == ["availability.poll_closed", "availability.poll_became_series"]
    assert list(Telling.objects.values_list("kind", "person__name").order_by("pk")) == [
        ("availability.poll_waits", "Ben"),
        ("meetings.calls_changed", "Ben"),
    ]


def test_call_is_the_next_one_of_a_week_or_the_named_day(group, ada):
    weekly = poll(group, by=ada)
    days = poll(group, by=ada, sort=Sort.DAYS, days=(dt.date(2026, 12, 2),), zone=LISBON)

    call = make_call_of(weekly, DAY + 14 * 60, by=ada)
    assert (call.starts, call.zone, call.title) == (dt.datetime(2026, 11, 24, 14), "UTC", "Lamp care")
    key = int(dt.datetime(2026, 12, 2, 14, 30, tzinfo=dt.UTC).timestamp()) // 60
    named = make_call_of(days, key, by=ada)
    assert (named.starts, named.zone, named.duration) == (
        dt.datetime(2026, 12, 2, 14, 30),
        LISBON,
        dt.timedelta(minutes=60),
    )
    days.refresh_from_db()
    assert (days.became_call, facts()[-1]) == (named, "availability.poll_became_call")


def test_named_day_begins_a_series_too_also_once_it_is_over(group, ada, freeze):
    days = poll(group, by=ada, sort=Sort.DAYS, days=(dt.date(2026, 11, 24),))
    key = int(dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC).timestamp()) // 60
    freeze("2026-11-25T12:00Z")

    with pytest.raises(Refused) as refused:
        make_call_of(days, key, by=ada)
    assert refused.value.code == "in_the_past"
    make_series_of(days, key, by=ada)
    first = group.meetings.filter(slot__series__position=OWN_FROM).order_by("starts_at")[0]
    assert first.starts == dt.datetime(2026, 12, 1, 14)


def test_hour_that_comes_twice_is_the_one_that_was_chosen(group, ada, freeze):
    freeze("2026-10-20T12:00Z")
    days = poll(group, by=ada, sort=Sort.DAYS, days=(dt.date(2026, 10, 25),), zone=LISBON, starts=0, ends=240)
    key = int(dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC).timestamp()) // 60

    call = make_call_of(days, key, by=ada)

    assert (call.starts, call.fold, call.starts_at) == (
        dt.datetime(2026, 10, 25, 1),
        1,
        dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC),
    )


def test_poll_becomes_one_thing_and_only_what_fits(group, ada):
    made = poll(group, by=ada)

    def code(act) -> str:
        with pytest.raises(Refused) as refused:
            act()
        return refused.value.code

    assert code(lambda: make_series_of(made, 17 * 60 + 30, by=ada)) == "not_found"
    assert code(lambda: make_series_of(made, 15 * 60, every=3, by=ada)) == "invalid"
    assert code(lambda: make_call_of(made, 15 * 60, by=PersonFactory())) == "forbidden"
    make_call_of(made, DAY + 15 * 60, by=ada)
    assert code(lambda: make_series_of(made, 15 * 60, by=ada)) == "settled"
    assert code(lambda: make_call_of(made, 15 * 60, by=ada)) == "settled"
    assert group.meetings.filter(title="Lamp care").count() == 1
