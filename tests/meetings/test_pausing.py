"""Breaks and holidays: no meetings on their days, in lists, calendars and notices."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import recurring_ical_events

from folkmoot.calendar.models import CalendarItem
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.kit.public_holidays import checked, names_of
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    bring_in_order,
    cancel_meeting,
    end_pause,
    keep_holidays,
    let_holidays_go,
    meet_anyway,
    move_meeting,
    pause_calls,
    restore_meeting,
    resume_meetings,
    stop_meetings,
)
from folkmoot.meetings.domain.left_out import HolidaysOf, LeavesOut, Span
from folkmoot.meetings.models import Meeting, Pause
from folkmoot.meetings.tasks import keep_meetings_ahead
from folkmoot.notices.models import Telling
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LISBON = "Europe/Lisbon"
DECEMBER = {"first_day": dt.date(2026, 12, 21), "last_day": dt.date(2027, 1, 2), "reason": "winter break"}


@pytest.fixture
def clock(freeze):
    return freeze("2026-11-26T10:00Z")


@pytest.fixture
def lantern(clock) -> Group:
    """Calls on every Friday; Christmas and New Year's Day are Fridays."""
    organisation()
    return meeting_group(said("FREQ=WEEKLY;BYDAY=FR", first="2026-01-02", at="16:00", zone=LISBON, minutes=60))


@pytest.fixture
def chair(lantern):
    return join(PersonFactory(zone=LISBON), lantern, Power.MANAGE)


def planned(group: Group) -> list[str]:
    found = group.meetings.filter(
        status="planned", starts__gte=dt.datetime(2026, 12, 10), starts__lt=dt.datetime(2027, 1, 20)
    )
    return [f"{one.starts:%m-%d}" for one in found]


def in_calendars(client, group: Group) -> list[str]:
    """The days of calls as another calendar program reads the feed."""
    calendar = icalendar.Calendar.from_ical(client.get(f"/groups/{group.slug}/calendar.ics").content)
    found = recurring_ical_events.of(calendar).between(dt.date(2026, 12, 10), dt.date(2027, 1, 20))
    days = sorted(one["DTSTART"].dt for one in found if str(one["STATUS"]) == "CONFIRMED")
    return [f"{day:%m-%d}" for day in days]


def sequence(group: Group) -> int:
    return CalendarItem.objects.get(group=group, recurrence_id=None).sequence


CHRISTMAS = dt.datetime(2026, 12, 25, 16)
ALL = ["12-11", "12-18", "12-25", "01-01", "01-08", "01-15"]
WITHOUT_BREAK = ["12-11", "12-18", "01-08", "01-15"]


def test_break_takes_its_calls_out_of_lists_and_calendars_and_is_told_once(lantern, chair, client):
    join(PersonFactory(zone="Asia/Kolkata"), lantern)
    before = sequence(lantern)

    for _twice in range(2):
        pause_calls(lantern, 0, **DECEMBER, by=chair)

    assert planned(lantern) == in_calendars(client, lantern) == WITHOUT_BREAK
    assert sequence(lantern) == before + 1
    telling = Telling.objects.get()
    assert telling.subject == "Lantern Working Group: 2 calls are left out, from Fri 25 Dec 2026 on"
    assert telling.text == (
        "Lantern Working Group has no call on these days: winter break.\n\n"
        "- Friday 25 December 2026 at 21:30, Kolkata time\n- Friday 1 January 2027 at 21:30, Kolkata time\n\n"
        "All other calls stay as they are."
    )
    fact = Entry.objects.get(kind="meetings.calls_paused")
    assert (fact.actor, fact.payload["first_day"], fact.payload["last_day"]) == (chair, "2026-12-21", "2027-01-02")
    dropped = Meeting.objects.get(starts=CHRISTMAS)
    assert (dropped.status, dropped.skipped_for) == ("dropped", "winter break")


def test_break_taken_back_brings_its_calls_back(lantern, chair, client):
    pause = pause_calls(lantern, 0, **DECEMBER, by=chair)
    join(PersonFactory(), lantern)

    for _twice in range(2):
        end_pause(pause, by=chair)

    assert planned(lantern) == in_calendars(client, lantern) == ALL
    assert not Meeting.objects.exclude(skipped_for="").exists()
    assert Telling.objects.get().subject == (
        "Lantern Working Group: 2 calls take place after all, from Fri 25 Dec 2026 on"
    )


def test_break_taken_back_midway_keeps_what_is_over(lantern, chair, clock, client):
    pause = pause_calls(lantern, 0, **DECEMBER, by=chair)
    clock.move_to("2026-12-28T10:00Z")

    end_pause(pause, by=chair)

    assert planned(lantern) == in_calendars(client, lantern) == ["12-11", "12-18", "01-01", "01-08", "01-15"]
    assert Pause.objects.get().last_day == dt.date(2026, 12, 27)


def test_what_was_moved_cancelled_or_restored_by_hand(lantern, chair, client):
    by_day = {f"{one.starts:%m-%d}": one for one in lantern.meetings.all()}
    move_meeting(by_day["12-25"], to=dt.datetime(2026, 12, 23, 16), why="Christmas", by=chair)
    cancel_meeting(by_day["01-01"], why="New Year", by=chair)
    restored = by_day["12-18"]
    cancel_meeting(restored, why="Perhaps not", by=chair)
    restore_meeting(restored, by=chair)

    pause = pause_calls(lantern, 0, **{**DECEMBER, "first_day": dt.date(2026, 12, 14)}, by=chair)

    assert planned(lantern) == in_calendars(client, lantern) == ["12-11", "12-23", "01-08", "01-15"]
    assert Meeting.objects.get(pk=by_day["01-01"].pk).is_cancelled
    end_pause(pause, by=chair)
    assert planned(lantern) == in_calendars(client, lantern) == ["12-11", "12-18", "12-23", "01-08", "01-15"]


def test_holidays_of_chosen_countries_are_free_of_calls(lantern, chair, client):
    rule = keep_holidays(lantern, 0, country="pt", by=chair)
    assert keep_holidays(lantern, 0, country="PT", by=chair) == rule

    assert planned(lantern) == in_calendars(client, lantern) == WITHOUT_BREAK
    assert Meeting.objects.get(starts=CHRISTMAS).skipped_for == "Christmas Day (PT)"
    let_holidays_go(rule, by=chair)
    let_holidays_go(rule, by=chair)
    assert planned(lantern) == in_calendars(client, lantern) == ALL
    kinds = Entry.objects.filter(kind__startswith="meetings.holidays").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["meetings.holidays_kept", "meetings.holidays_let_go"]


def test_one_call_takes_place_in_spite_of_a_holiday(lantern, chair, client):
    keep_holidays(lantern, 0, country="PT", by=chair)
    christmas = Meeting.objects.select_related("group").get(starts=CHRISTMAS)

    for _twice in range(2):
        meet_anyway(christmas, by=chair)

    assert planned(lantern) == in_calendars(client, lantern) == ["12-11", "12-18", "12-25", "01-08", "01-15"]
    assert Pause.objects.filter(meets_anyway=True).count() == 1


def test_night_brings_holidays_of_a_further_year_and_then_nothing(lantern, chair, clock, settle):
    keep_holidays(lantern, 0, country="PT", by=chair)
    before = sequence(lantern)
    clock.move_to("2027-01-04T10:00Z")

    for _night in range(2):
        keep_meetings_ahead.enqueue()
        settle()

    assert sequence(lantern) == before + 1
    left = lantern.series.get().slots.get().left_out
    assert {when[:4] for when in left} == {"2026", "2027", "2028", "2029"}


def test_bringing_in_order_keeps_the_break_and_closing_and_reopening_too(lantern, chair, clock, client):
    pause_calls(lantern, 0, **DECEMBER, by=chair)
    before = planned(lantern), sequence(lantern)

    bring_in_order(lantern, by=system())
    assert (planned(lantern), sequence(lantern)) == before
    clock.move_to("2026-12-28T10:00Z")
    closed_on = dt.date(2026, 12, 28)
    Group.objects.filter(pk=lantern.pk).update(state="closed", state_since=closed_on)
    stop_meetings(lantern, closed_on=closed_on, by=system())
    assert in_calendars(client, lantern) == ["12-11", "12-18"]
    Group.objects.filter(pk=lantern.pk).update(state="active")
    resume_meetings(lantern, closed_on=closed_on, by=system())

    assert planned(lantern) == in_calendars(client, lantern) == WITHOUT_BREAK


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": " "}, "Please say why"),
        ({"last_day": dt.date(2026, 12, 20)}, "comes before"),
        ({"first_day": dt.date(2026, 11, 1), "last_day": dt.date(2026, 11, 25)}, "are over"),
        ({"last_day": dt.date(2028, 1, 1)}, "a year at most"),
        ({"first_day": dt.date(2029, 1, 1), "last_day": dt.date(2029, 1, 1)}, "two years ahead"),
    ],
)
def test_break_that_makes_no_sense_is_refused(lantern, chair, given, words):
    with pytest.raises(Refused, match=words):
        pause_calls(lantern, 0, **{**DECEMBER, **given}, by=chair)

    assert not Pause.objects.exists()


def test_places_without_known_holidays_and_series_that_are_not_there_are_refused(lantern, chair):
    for country, subdivision in (("XX", ""), ("PRT", ""), ("DE", "ZZ"), ("", "")):
        with pytest.raises(Refused, match="known"):
            keep_holidays(lantern, 0, country=country, subdivision=subdivision, by=chair)
    with pytest.raises(Refused, match="no such regular calls"):
        keep_holidays(lantern, 1, country="PT", by=chair)
    with pytest.raises(Refused, match="no such regular calls"):
        pause_calls(lantern, 1000, **DECEMBER, by=chair)


@pytest.mark.parametrize(
    ("who", "may"),
    [("manager", True), ("steward", True), ("machine", True), ("participant", False), ("former manager", False),
     ("other group's manager", False), ("stranger", False)],
)  # fmt: skip
def test_only_those_who_lead_settle_breaks(lantern, chair, who, may):
    by = actor(who, lantern)
    pause = pause_calls(lantern, 0, **DECEMBER, by=chair)
    rule = keep_holidays(lantern, 0, country="PT", by=chair)
    dropped = Meeting.objects.select_related("group").filter(skipped_for="winter break").first()

    acts = (
        lambda: meet_anyway(dropped, by=by),
        lambda: end_pause(pause, by=by),
        lambda: let_holidays_go(rule, by=by),
        lambda: keep_holidays(lantern, 0, country="DE", subdivision="BY", by=by),
        lambda: pause_calls(lantern, 0, **{**DECEMBER, "reason": "again"}, by=by),
    )
    for act in acts:
        if may:
            act()
            continue
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "forbidden"


def test_codes_are_kept_as_the_list_has_them_and_holidays_are_named_together():
    assert checked(" de ", "by") == ("DE", "BY")
    assert names_of([("PT", ""), ("DE", "BY")], dt.date(2026, 5, 1)) == "Labor Day (PT, DE-BY)"
    assert names_of([("PT", ""), ("US", "")], dt.date(2026, 12, 2)) == ""


def test_first_reason_counts_and_rules_hold_in_their_time_only():
    boxing_day = dt.date(2026, 12, 26)
    break_ = Span(dt.date(2026, 12, 24), boxing_day, "break")
    holidays = HolidaysOf("PT", "", dt.date(2026, 12, 1), dt.date(2027, 1, 31))
    pauses = LeavesOut((break_, Span(boxing_day, boxing_day, "", meets_anyway=True)), (holidays,))

    days = map(dt.date.fromisoformat, ["2025-12-25", "2026-12-08", "2026-12-25", "2026-12-26", "2027-01-01"])
    assert [pauses.why(day) for day in days] == [
        "", "Immaculate Conception (PT)", "break", "", "New Year's Day (PT)",
    ]  # fmt: skip
    assert pauses.why(dt.date(2027, 4, 25)) == ""
