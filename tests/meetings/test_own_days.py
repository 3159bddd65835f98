"""Other days than the charter's, times that take turns, and series that a charter does not have."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.calendar.models import CalendarItem
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import begin_series, bring_in_order, change_series, end_own_series, return_to_charter
from folkmoot.meetings.domain.pattern import Pattern, Turn
from folkmoot.meetings.following import own_settings, setting_of
from folkmoot.meetings.models import OWN_FROM, SeriesChange
from folkmoot.meetings.queries import upcoming_meetings
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import actor, amend, meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
HERE = "America/Los_Angeles"
HOUR = dt.timedelta(hours=1)
FROM = dt.date(2026, 12, 1)
TUESDAYS = Pattern("weeks", (Turn(dt.time(8)), Turn(dt.time(17))), weekdays=(1,))


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-11-26T10:00Z")
    organisation()
    return meeting_group(said(minutes=60))


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(zone="Europe/Lisbon"), lantern, Power.MANAGE)


def coming(group: Group, count=5) -> list[str]:
    found = upcoming_meetings(group, now=dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC))[:count]
    return [f"{one.starts:%m-%d %H:%M}" for one in found]


def change(group, by, **given):
    change_series(
        group, 0, **{"from_day": FROM, "zone": HERE, "duration": HOUR, "pattern": TUESDAYS, "by": by, **given}
    )


def test_times_take_turns_from_a_day_on_and_each_turn_is_a_series_in_calendars(lantern, chair):
    change(lantern, chair)

    assert coming(lantern) == ["12-01 08:00", "12-08 17:00", "12-15 08:00", "12-22 17:00", "12-29 08:00"]
    setting = setting_of(lantern, 0)
    assert setting.differs
    assert setting.words == "every Tuesday, in turns at 08:00 and 17:00, Los Angeles time, for 60 minutes"
    running = CalendarItem.objects.filter(rule__endswith="BYDAY=TU").order_by("starts")
    assert [(item.rule, f"{item.starts:%m-%d %H}") for item in running] == [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "12-01 08"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "12-08 17"),
    ]
    fact = Entry.objects.get(kind="meetings.series_changed")
    assert (fact.actor, fact.payload["cadence"]) == (chair, "every Tuesday, in turns at 08:00 and 17:00")


def test_bringing_in_order_again_changes_nothing_and_an_amendment_of_other_words_keeps_the_turns(lantern, chair):
    change(lantern, chair)
    before = coming(lantern), Entry.objects.count(), Telling.objects.count()

    bring_in_order(lantern, by=system())
    assert (coming(lantern), Entry.objects.count(), Telling.objects.count()) == before
    amend(lantern, said(minutes=60, cadence="each other Wednesday"), on=dt.date(2026, 12, 10))
    bring_in_order(lantern, by=system())

    assert coming(lantern) == before[0]


def test_same_turns_at_other_times_stay_with_whose_turn_it_is(lantern, chair):
    change(lantern, chair)
    later = Pattern("weeks", (Turn(dt.time(9)), Turn(dt.time(18))), weekdays=(1,))

    change(lantern, chair, pattern=later, from_day=dt.date(2026, 12, 6))

    assert coming(lantern, 4) == ["12-01 08:00", "12-08 18:00", "12-15 09:00", "12-22 18:00"]


def test_days_of_the_charter_at_another_time_are_kept_as_a_time_only(lantern, chair):
    change(lantern, chair, pattern=Pattern("weeks", (Turn(dt.time(10)),), every=2, weekdays=(2,)))

    kept = SeriesChange.objects.get()
    assert (kept.slots, kept.local_time, kept.zone, kept.duration) == ([], dt.time(10), "", None)
    assert coming(lantern, 2) == ["12-09 10:00", "12-23 10:00"]


def test_what_the_charter_says_is_no_difference_and_the_charter_can_be_gone_back_to(lantern, chair):
    change(lantern, chair, pattern=Pattern("weeks", (Turn(dt.time(8)),), every=2, weekdays=(2,)))
    assert not SeriesChange.objects.exists()

    change(lantern, chair)
    return_to_charter(lantern, 0, from_day=dt.date(2026, 12, 10), by=chair)

    assert coming(lantern, 4) == ["12-01 08:00", "12-08 17:00", "12-23 08:00", "01-06 08:00"]
    assert not setting_of(lantern, 0).differs


def test_first_call_may_be_named_to_choose_the_week(lantern, chair):
    fortnight = Pattern("weeks", (Turn(dt.time(8)),), every=2, weekdays=(2,))

    change(lantern, chair, pattern=fortnight, first=dt.date(2026, 12, 2))

    assert coming(lantern, 2) == ["12-02 08:00", "12-16 08:00"]


def begin(group, by, **given):
    wanted = {
        "title": "Office hour",
        "pattern": Pattern("nth", (Turn(dt.time(16)),), weekdays=(3,), nth=(-1,)),
        "from_day": FROM,
        "zone": "Europe/Lisbon",
        "duration": dt.timedelta(minutes=30),
    }
    return begin_series(group, by=by, **{**wanted, **given})


def test_group_has_a_series_besides_its_charter_with_a_name_of_its_own(lantern, chair):
    position = begin(lantern, chair)

    assert position == OWN_FROM
    assert [(one.series.title, one.words) for one in own_settings(lantern)] == [
        ("Office hour", "on the last Thursday of each month at 16:00, Lisbon time, for 30 minutes")
    ]
    found = upcoming_meetings(lantern, now=dt.datetime(2026, 12, 30, tzinfo=dt.UTC)).first()
    assert (found.title, f"{found.starts:%m-%d %H:%M}") == ("Office hour", "12-31 16:00")
    assert CalendarItem.objects.filter(summary="Office hour · Lantern Working Group").count() == 1
    assert begin(lantern, chair, title="Second one") == OWN_FROM + 1


def test_own_series_is_changed_outlives_amendments_and_ends(lantern, chair):
    position = begin(lantern, chair)
    change_series(
        lantern, position, from_day=dt.date(2026, 12, 20), zone="Europe/Lisbon", duration=HOUR,
        pattern=Pattern("month_day", (Turn(dt.time(12)),), month_days=(21,)), by=chair,
    )  # fmt: skip
    amend(lantern, said("FREQ=WEEKLY;BYDAY=MO", first="2026-12-07"), on=dt.date(2026, 12, 5))
    bring_in_order(lantern, by=system())
    end_own_series(lantern, position, last_day=dt.date(2027, 1, 31), by=chair)

    own = lantern.meetings.filter(title="Office hour").exclude(status="dropped").order_by("starts")
    assert [f"{one.starts:%m-%d %H}" for one in own] == ["12-21 12", "01-21 12"]
    assert own_settings(lantern) == []
    assert Entry.objects.filter(kind="meetings.own_series_ended").count() == 1


def test_own_series_with_a_last_day_is_gone_from_what_can_be_settled_once_it_is_over(lantern, chair, freeze):
    begin(lantern, chair, pattern=Pattern("weeks", (Turn(dt.time(9)),), weekdays=(1,), until=dt.date(2026, 12, 15)))

    own = lantern.meetings.filter(title="Office hour").order_by("starts")
    assert [f"{one.starts:%m-%d}" for one in own] == ["12-01", "12-08", "12-15"]
    assert len(own_settings(lantern)) == 1
    freeze("2026-12-16T10:00Z")
    assert own_settings(lantern) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": "  "}, "invalid"),
        ({"from_day": dt.date(2026, 11, 25)}, "past"),
        ({"first": dt.date(2026, 11, 26)}, "past"),
        ({"first": dt.date(2026, 12, 30)}, "first_not_in_rule"),
        ({"duration": dt.timedelta(minutes=1)}, "invalid"),
        ({"zone": "Mars/Olympus"}, "zone_unknown"),
    ],
)
def test_series_that_makes_no_sense_is_refused_and_nothing_is_kept(lantern, chair, given, code):
    with pytest.raises(Refused) as refused:
        begin(lantern, chair, **given)

    assert refused.value.code == code
    assert not SeriesChange.objects.exists()


def test_series_of_the_charter_is_ended_by_an_amendment_only(lantern, chair):
    with pytest.raises(Refused, match="an amendment can end them"):
        end_own_series(lantern, 0, last_day=FROM, by=chair)


@pytest.mark.parametrize(
    ("who", "may"),
    [("manager", True), ("steward", True), ("machine", True), ("participant", False), ("former manager", False),
     ("other group's manager", False), ("stranger", False)],
)  # fmt: skip
def test_only_those_who_lead_set_series(lantern, who, may):
    by = actor(who, lantern)

    if may:
        position = begin(lantern, by)
        end_own_series(lantern, position, last_day=FROM, by=by)
        return
    with pytest.raises(Refused) as refused:
        begin(lantern, by)
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused, match="manager"):
        change(lantern, by)


def test_each_person_is_told_their_own_new_time(lantern, chair):
    cleo = join(PersonFactory(zone="Asia/Kolkata"), lantern)

    change(lantern, chair)

    telling = Telling.objects.get()
    assert (telling.person, telling.subject) == (
        cleo, "Lantern Working Group: all calls change from Tue 1 Dec 2026 on",
    )  # fmt: skip
    assert telling.text == (
        "From Tuesday 1 December 2026 on, the regular calls of Lantern Working Group are otherwise.\n\n"
        "Before: every second Wednesday at 08:00, Los Angeles time. By your clock the next one would have been on "
        "Wednesday 9 December 2026 at 21:30, Kolkata time.\n\n"
        "Now: every Tuesday, in turns at 08:00 and 17:00, Los Angeles time.\n\n"
        "The next calls by your clock:\n\n"
        "- Tuesday 1 December 2026 at 21:30, Kolkata time\n"
        "- Wednesday 9 December 2026 at 06:30, Kolkata time\n"
        "- Tuesday 15 December 2026 at 21:30, Kolkata time\n"
        "- Wednesday 23 December 2026 at 06:30, Kolkata time\n\n"
        "Calendars that follow the group learn of it by themselves."
    )


def test_new_and_ended_series_and_amended_times_are_told_and_first_charters_are_not(lantern, chair):
    join(PersonFactory(zone="Europe/Lisbon"), lantern)
    assert not Telling.objects.exists()

    position = begin(lantern, chair)
    end_own_series(lantern, position, last_day=dt.date(2027, 1, 1), by=chair)
    amend(lantern, said(at="09:00", minutes=45), on=dt.date(2026, 12, 15))
    bring_in_order(lantern, by=chair)

    told = list(Telling.objects.order_by("pk").values_list("subject", flat=True))
    assert told == [
        "Lantern Working Group (Office hour): new regular calls, from Thu 31 Dec 2026 on",
        "Lantern Working Group (Office hour): no more regular calls from Thu 28 Jan 2027 on",
        "Lantern Working Group: all calls change from Wed 23 Dec 2026 on",
    ]
    assert "A call lasts 45 minutes." in Telling.objects.order_by("-pk")[0].text
