"""The pages of polls: for guests, for people of the group, for those who lead it."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.urls import reverse

from folkmoot.availability.actions import answer_as_guest, answer_poll, close_poll
from folkmoot.availability.actions.answering import answer_path
from folkmoot.availability.models import NamesFor, OpenTo, Poll, PollAnswer, Sort
from folkmoot.groups.models import Power
from folkmoot.notices.models import Letter
from folkmoot.people.guards import stamp
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.polls import painted, poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    return meeting_group()


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada", zone="Europe/Lisbon"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben", zone="Asia/Kolkata"), group)


def words(response) -> str:
    """What can be read on a page."""
    text = re.sub(r"<(script|template|option|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def guest(**changed) -> dict[str, object]:
    return {
        "name": "Odalys",
        "mail": "",
        "zone": "Pacific/Auckland",
        "free": ["840", "870"],
        "maybe": ["900", "nonsense", "-1"],
        "once": "x" * 22,
        "opened": stamp(time.time() - 20),
        "homepage": "",
        **changed,
    }


def test_guest_marks_hours_by_their_own_clock_and_gets_a_link_of_their_own(client, group, ada):
    made = poll(group, by=ada)

    page = client.get(f"{made.get_absolute_url()}?zone=Pacific/Auckland")
    assert page.status_code == 200
    assert 'aria-label="Tuesday, 03:00"' in page.content.decode()
    assert "Hours in which you are free, by the clock in Auckland" in words(page)
    assert "sessionid" not in client.cookies

    sent = client.post(made.get_absolute_url(), guest(mail="o@example.org"))
    answer = PollAnswer.objects.get()
    assert (sent.status_code, answer.free, answer.maybe, answer.zone, answer.mail) == (
        200,
        [840, 870],
        [900],
        "Pacific/Auckland",
        "o@example.org",
    )
    assert answer_path(answer) in sent.content.decode()
    assert Letter.objects.get().recipient == "o@example.org"
    own = client.get(answer_path(answer))
    assert own.content.decode().count("checked") == 3 + 1  # three hours, and the brush of the script
    changed = client.post(answer_path(answer), {"name": "Oda", "zone": "UTC", "version": "1", "free": ["960"]})
    answer.refresh_from_db()
    assert (changed.status_code, answer.name, answer.free, answer.maybe) == (200, "Oda", [960], [])
    stale = client.post(answer_path(answer), {"name": "Oda", "zone": "UTC", "version": "1", "free": ["990"]})
    assert (stale.status_code, "Your answer was changed elsewhere meanwhile" in words(stale)) == (409, True)
    assert 'value="990" aria-label="Monday, 16:30" checked' in stale.content.decode()
    assert client.post(answer_path(answer), {"name": "", "zone": "UTC", "version": "2"}).status_code == 400
    client.force_login(ada)
    client.post(reverse("close_poll", args=[made.token]))
    client.logout()
    closed = client.get(answer_path(answer)).content.decode()
    assert ("Delete my answer" in closed, "Send my hours" in closed) == (True, False)
    gone = client.post(answer_path(answer), {"withdraw": "1"})
    assert (gone.status_code, client.get(answer_path(answer)).status_code) == (200, 404)


def test_other_clock_is_shown_without_losing_what_was_marked(client, group, ada):
    made = poll(group, by=ada)

    for address in (made.get_absolute_url(), answer_path(answer_as_guest(made, painted(made), name="O", once="o"))):
        page = client.post(address, guest(rezone="1"))
        assert page.status_code == 200
        html = page.content.decode()
        assert 'name="free" value="840" aria-label="Tuesday, 03:00" checked' in html
        assert 'name="maybe" value="900" aria-label="Tuesday, 04:00" checked' in html
        assert 'value="Odalys"' in html
    assert PollAnswer.objects.get().free == []


def test_form_sent_again_over_a_changed_answer_is_shown_once_more(client, group, ada):
    made = poll(group, by=ada)
    client.post(made.get_absolute_url(), guest())
    answer = PollAnswer.objects.get()
    client.post(answer_path(answer), {"name": "Odalys", "zone": "UTC", "version": "1", "free": ["960"]})

    stale = client.post(made.get_absolute_url(), guest(free=["870"]))
    assert (stale.status_code, 'name="version" value="2"' in stale.content.decode()) == (409, True)
    assert client.post(made.get_absolute_url(), guest(free=["870"], version="2")).status_code == 200
    answer.refresh_from_db()
    assert (answer.free, answer.version) == ([870], 3)


def test_machines_and_haste_write_nothing(client, group, ada, monkeypatch):
    made = poll(group, by=ada)

    assert client.post(made.get_absolute_url(), guest(homepage="x")).status_code == 200
    hasty = client.post(made.get_absolute_url(), guest(opened=stamp()))
    assert (hasty.status_code, "That was very quick" in words(hasty)) == (400, True)
    assert 'value="840" aria-label="Tuesday, 03:00" checked' in hasty.content.decode()
    assert not PollAnswer.objects.exists()
    monkeypatch.setattr("folkmoot.availability.views.answering.RATE", "0/h")
    often = client.post(made.get_absolute_url(), guest())
    assert (often.status_code, "Many answers came from your network" in words(often)) == (429, True)
    answer = answer_as_guest(made, painted(made), name="O", once="o")
    assert client.post(answer_path(answer), {"name": "O", "zone": "UTC", "version": "1"}).status_code == 429


def test_mails_to_one_address_are_few(client, group, ada, monkeypatch):
    made = poll(group, by=ada)
    monkeypatch.setattr("folkmoot.availability.views.answering.TO_ONE_ADDRESS", "1/d")

    first = client.post(made.get_absolute_url(), guest(mail="o@example.org"))
    second = client.post(made.get_absolute_url(), guest(mail="O@example.org", once="y"))

    assert (first.status_code, second.status_code, Letter.objects.count()) == (200, 429, 1)


def test_person_answers_under_their_name_and_is_told_of_a_conflict(client, group, ada, ben):
    made = poll(group, by=ada)
    client.force_login(ben)

    assert "Your name" not in words(client.get(made.get_absolute_url()))
    sent = client.post(made.get_absolute_url(), {"zone": "Asia/Kolkata", "version": "0", "free": ["840"]})
    assert (sent.status_code, sent["Location"]) == (302, f"{made.get_absolute_url()}#best")
    stale = client.post(made.get_absolute_url(), {"zone": "Asia/Kolkata", "version": "0", "free": ["900"]})
    assert (stale.status_code, 'name="version" value="1"' in stale.content.decode()) == (409, True)
    assert client.post(made.get_absolute_url(), {"zone": "Nowhere"}).status_code == 400
    client.post(made.get_absolute_url(), {"withdraw": "1"})
    assert not PollAnswer.objects.exists()
    close_poll(made, by=ada)
    late = client.post(made.get_absolute_url(), {"zone": "Asia/Kolkata", "version": "0"})
    assert (late.status_code, "This poll is closed; it takes no more answers." in words(late)) == (409, True)


def test_strangers_see_numbers_and_people_of_the_group_names(client, group, ada, ben):
    made = poll(group, by=ada)
    answer_poll(made, painted(made, free=(0, 1), maybe=(2, 3)), by=ben)
    answer_as_guest(made, painted(made, free=(2, 3), zone="Pacific/Auckland"), name="Odalys", once="o")

    seen = words(client.get(f"{made.get_absolute_url()}?zone=UTC"))
    assert "Monday, 15:00–16:00 All 2 can come, one only if need be. everybody" in seen
    assert "Monday, 14:00–15:00 1 of 2 can come." in seen
    assert "2 people have answered." in seen
    assert "one is free, one if need be" in seen
    assert not {"Ben", "Odalys", "Auckland then"} & set(re.findall(r"Ben|Odalys|Auckland then", seen))

    client.force_login(ada)
    seen = words(client.get(f"{made.get_absolute_url()}?zone=UTC"))
    assert "If need be: Ben ." in seen
    assert "Missing: Odalys ." in seen
    assert "Hardest for Odalys: it is 04:00 in Auckland then." in seen
    assert "Not yet: Ada ." in seen
    leads_only = poll(group, by=ada, names_for=NamesFor.LEADS)
    answer_as_guest(leads_only, painted(leads_only, free=(0, 1)), name="Odalys", once="o")
    client.force_login(ben)
    assert "Odalys" not in words(client.get(leads_only.get_absolute_url()))


def test_poll_for_the_group_asks_strangers_to_sign_in(client, group, ada):
    inside = poll(group, by=ada, open_to=OpenTo.GROUP)

    asked = client.get(inside.get_absolute_url())
    assert (asked.status_code, asked["Location"].startswith("/accounts/login/")) == (302, True)
    client.force_login(PersonFactory())
    assert client.get(inside.get_absolute_url()).status_code == 403
    assert client.get(reverse("poll", args=["nonsense"])).status_code == 404


def test_those_who_lead_make_a_poll_and_what_is_missing_is_asked_for(client, group, ada, ben):
    client.force_login(ada)
    address = reverse("new_poll", args=[group.slug])
    given = {
        "title": "Lamp care",
        "sort": "days",
        "weekdays": ["0", "2"],
        "from_day": "2026-11-30",
        "until_day": "2026-12-09",
        "starts": "480",
        "ends": "1200",
        "zone": "Europe/Lisbon",
        "minutes": "60",
        "step": "30",
        "closes_on": "2026-11-28",
        "open_to": "link",
        "names_for": "group",
    }

    assert client.get(address).status_code == 200
    for change, text in (
        ({"from_day": ""}, "Please name the first day."),
        ({"until_day": "2026-11-01"}, "The last day is before the first one."),
        ({"until_day": "2026-12-01", "weekdays": ["4"]}, "No such weekday is among these days."),
        ({"ends": "480"}, "The hours end later on the day than they begin."),
        ({"closes_on": "2026-11-01"}, "A poll closes later than now."),
        ({"from_day": "2026-11-16"}, "One of these days is over."),
        ({"from_day": "9999-12-31", "until_day": "", "weekdays": ["4"]}, "Please name days within the next half year."),
        ({"closes_on": "9999-12-31"}, "A poll is open for 90 days at most."),
        ({"closes_on": "0001-01-01", "zone": "Asia/Tokyo"}, "A poll closes later than now."),
    ):
        refused = client.post(address, {**given, **change})
        assert (refused.status_code, text in words(refused)) == (400, True), text
    made = client.post(address, given)
    found = Poll.objects.get()
    assert (made["Location"], found.days, found.closes_at) == (
        found.get_absolute_url(),
        ["2026-11-30", "2026-12-02", "2026-12-07", "2026-12-09"],
        dt.datetime(2026, 11, 29, tzinfo=dt.UTC),
    )
    client.force_login(ben)
    assert client.get(address).status_code == 403


def test_time_becomes_a_series_or_a_call_in_one_step(client, group, ada):
    client.force_login(ada)
    made, other = poll(group, by=ada), poll(group, by=ada, sort=Sort.DAYS, days=(dt.date(2026, 12, 2),))
    answer_as_guest(made, painted(made, free=(0, 1)), name="Odalys", once="o")
    address = reverse("settle_poll", args=[made.token])
    link = f"{address}?time=840"

    assert link in client.get(made.get_absolute_url()).content.decode()
    shown = words(client.get(link))
    assert "Every week, the first calls would be:" in shown
    assert client.post(address, {"time": "840"}).status_code == 400
    assert [client.get(f"{address}?time={bad}").status_code for bad in ("", "1050", "x")] == [404, 404, 404]
    done = client.post(address, {"time": "840", "every": "2"})
    assert done["Location"] == made.get_absolute_url()
    assert "A regular call came of it Monday, 14:00–15:00. See" in words(client.get(made.get_absolute_url()))
    again = client.post(address, {"time": "840", "every": "2"})
    assert (again.status_code, "A call was made of this poll already." in words(again)) == (400, True)
    key = int(dt.datetime(2026, 12, 2, 14, tzinfo=dt.UTC).timestamp()) // 60
    client.post(reverse("settle_poll", args=[other.token]), {"time": str(key), "every": "0"})
    assert "A call came of it" in words(client.get(other.get_absolute_url()))


def test_guest_is_taken_out_and_the_poll_closed(client, group, ada, ben):
    made = poll(group, by=ada)
    spam = answer_as_guest(made, painted(made), name="Spam", once="o")
    remove, close = reverse("remove_poll_answer", args=[made.token, spam.pk]), reverse("close_poll", args=[made.token])

    client.force_login(ben)
    assert [client.post(remove).status_code, client.post(close).status_code] == [403, 403]
    client.force_login(ada)
    assert client.post(remove)["Location"] == f"{made.get_absolute_url()}#answers"
    assert client.post(remove).status_code == 404
    assert client.post(close)["Location"] == made.get_absolute_url()
    assert "This poll is closed; it takes no more answers." in words(client.get(made.get_absolute_url()))


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_few_questions(client, group, ada, ben, count, django_assert_num_queries):
    for _number in range(count):
        made = poll(group, by=ada)
    for number in range(count):
        answer_as_guest(made, painted(made, free=(0, 1)), name=f"Guest {number}", once=str(number))
    client.force_login(ben)
    client.get(reverse("polls", args=[group.slug]))

    with django_assert_num_queries(6):
        assert client.get(reverse("polls", args=[group.slug])).status_code == 200
    with django_assert_num_queries(10):
        assert client.get(made.get_absolute_url()).status_code == 200
