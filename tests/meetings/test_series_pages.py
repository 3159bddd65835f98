"""The pages on which those who lead settle the regular calls."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.models import Group, Power
from folkmoot.meetings.actions import begin_series, pause_calls
from folkmoot.meetings.domain.pattern import Pattern, Turn
from folkmoot.meetings.models import HolidayRule, Meeting, Pause, SeriesChange
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
QUERIES = 11  # session, person, group, role and steward; charter, series and slots twice; breaks, holidays


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-11-26T10:00Z")
    organisation()
    return meeting_group(said("FREQ=WEEKLY;BYDAY=FR", first="2026-01-02", at="16:00", zone="Europe/Lisbon", minutes=60))


@pytest.fixture
def chair(lantern, client):
    person = join(PersonFactory(zone="Asia/Kolkata"), lantern, Power.MANAGE)
    client.force_login(person)
    return person


def shown(answer) -> str:
    return " ".join(answer.content.decode().split())


RULE = {
    "from_day": "2026-12-01", "kind": "weeks", "every": "1", "weekdays": ["1"], "at": "08:00", "at_2": "17:00",
    "zone": "Europe/Lisbon", "minutes": "45",
}  # fmt: skip


def test_what_follows_is_shown_in_the_readers_time_before_anything_is_changed(lantern, chair, client):
    url = f"/groups/{lantern.slug}/meetings/series/0/"
    before = shown(client.get(url))

    page = shown(client.post(url, {**RULE, "preview": "1"}))

    assert "Calls would be every Tuesday, in turns at 08:00 and 17:00, Lisbon time." in page
    assert page.count("<time") - before.count("<time") == 6
    assert "13:30" in page  # 08:00 in Lisbon by a clock in Kolkata
    assert not SeriesChange.objects.exists()
    assert client.post(url, RULE).status_code == 302
    assert SeriesChange.objects.get().slots == [
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "first_date": "2026-12-01", "at": "08:00"},
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "first_date": "2026-12-08", "at": "17:00"},
    ]
    again = shown(client.get(url))
    assert 'name="at_2" value="17:00"' in again.replace('type="time" ', "")
    calls = shown(client.get(f"/groups/{lantern.slug}/meetings/"))
    assert "Calls are every Tuesday, in turns at 08:00 and 17:00" in calls


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"kind": "nth"}, "nth"),
        ({"kind": "month_day"}, "month_day"),
        ({"kind": "yearly"}, "kind"),
        ({"every": "0"}, "every"),
        ({"every": "99999999999999999999"}, "every"),
        ({"at_2": "", "at_3": "17:00"}, "at_3"),
        ({"at_2": "", "weekday_2": "3"}, "at_2"),
        ({"kind": "nth", "nth": ["1"], "weekday_2": "3"}, "weekday_2"),
        ({"first": "2026-12-03"}, "first"),
        ({"from_day": "2026-11-01"}, "from_day"),
        ({"from_day": "9999-12-31"}, "__all__"),
        ({"until": "2026-11-30"}, "__all__"),
        ({"zone": "Mars"}, "zone"),
        ({"minutes": "0"}, "minutes"),
        ({"at": "25:00"}, "at"),
    ],
)
def test_what_was_not_accepted_is_said_at_its_field_and_the_rest_is_kept(lantern, chair, client, given, field):
    answer = client.post(f"/groups/{lantern.slug}/meetings/series/0/", {**RULE, **given})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert not SeriesChange.objects.exists()


def test_series_is_set_up_changed_and_ended_on_pages(lantern, chair, client):
    base = f"/groups/{lantern.slug}/meetings/series/"
    wanted = {**RULE, "title": "Office hour", "kind": "nth", "nth": ["-1"], "at_2": ""}

    assert "What follows" in shown(client.post(f"{base}new/", {**wanted, "preview": "1"}))
    assert client.post(f"{base}new/", {**wanted, "title": " "}).status_code == 400
    assert client.post(f"{base}new/", wanted)["Location"] == base

    page = shown(client.get(base))
    assert "Office hour" in page
    assert "On the last Tuesday of each month at 08:00, Lisbon time, for 45 minutes." in page
    own = Meeting.objects.filter(title="Office hour").first()
    assert "set up by the group, besides its charter" in shown(client.get(own.get_absolute_url()))
    assert "month_day" in shown(client.get(f"{base}1000/"))
    assert client.post(f"{base}1000/", {**RULE, "kind": "month_day", "month_day": "-1"}).status_code == 302
    assert client.get(f"{base}1000/end/").status_code == 200
    assert client.get(f"{base}0/end/").status_code == 404
    assert client.post(f"{base}1000/end/", {"last_day": "2026-11-01"}).status_code == 400
    assert client.post(f"{base}1000/end/", {"last_day": "2026-12-31"})["Location"] == base
    assert "Office hour" not in shown(client.get(base))


def test_breaks_and_holidays_are_added_shown_and_taken_back(lantern, chair, client):
    url = f"/groups/{lantern.slug}/meetings/series/0/breaks/"

    client.post(url, {"first_day": "2026-12-11", "last_day": "2026-12-18", "reason": "<b>winter</b> break"})
    client.post(url, {"country": "PT", "subdivision": ""})

    page = shown(client.get(url))
    assert "&lt;b&gt;winter&lt;/b&gt; break" in page
    assert "Christmas Day (PT)" in page
    calls = shown(client.get(f"/groups/{lantern.slug}/meetings/"))
    assert "no call: Christmas Day (PT)" in calls
    assert calls.count("no call: &lt;b&gt;winter&lt;/b&gt; break") == 2
    assert "no call: &lt;b&gt;winter" in shown(client.get(lantern.get_absolute_url()))
    client.post(f"{url}end/", {"break": Pause.objects.get().pk})
    client.post(f"{url}end/", {"place": HolidayRule.objects.get().pk})
    assert "no call" not in shown(client.get(f"/groups/{lantern.slug}/meetings/"))
    assert [client.post(f"{url}end/", sent).status_code for sent in ({}, {"break": "x"}, {"place": "99"})] == [404] * 3


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_day": "2026-12-11", "last_day": "2026-12-01", "reason": "x"}, "last_day"),
        ({"first_day": "2026-12-11", "last_day": "", "reason": "x"}, "last_day"),
        ({"country": "XX"}, "country"),
        ({"country": "DE", "subdivision": "<i>"}, "subdivision"),
    ],
)
def test_break_that_was_not_accepted_is_said_at_its_field(lantern, chair, client, given, field):
    answer = client.post(f"/groups/{lantern.slug}/meetings/series/0/breaks/", given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])


def test_call_that_is_left_out_says_so_on_its_page_and_may_take_place_in_spite(lantern, chair, client):
    pause_calls(lantern, 0, first_day=dt.date(2026, 12, 11), last_day=dt.date(2026, 12, 11), reason="fair", by=chair)
    left_out = Meeting.objects.get(skipped_for="fair")
    url = left_out.get_absolute_url()

    assert "No call on this day" in shown(client.get(url))
    refused = client.post(f"{url}cancel/", {"why": "x"})
    assert refused.status_code == 400
    assert "There is no call on this day (fair). Let it take place first." in shown(refused)
    client.post(f"{url}anyway/")

    left_out.refresh_from_db()
    assert (left_out.status, left_out.skipped_for) == ("planned", "")
    assert "No call on this day" not in shown(client.get(url))


def test_pages_of_many_series_ask_no_more_questions(lantern, chair, client, django_assert_num_queries):
    client.get(f"/groups/{lantern.slug}/meetings/series/")

    for number in (1, 2):
        with django_assert_num_queries(QUERIES):
            client.get(f"/groups/{lantern.slug}/meetings/series/")
        begin_series(
            lantern, title=f"Circle {number}", pattern=Pattern("weeks", (Turn(dt.time(9)),), weekdays=(2,)),
            from_day=dt.date(2026, 12, 1), zone="UTC", duration=dt.timedelta(hours=1), by=chair,
        )  # fmt: skip
