"""Whether people come: said, changed, taken back, told to the group alone, and void once the call is moved."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import answer_call, cancel_meeting, move_meeting, take_answer_back
from folkmoot.meetings.attendance_reading import answers_to, regrets_of
from folkmoot.meetings.attendance_rules import may_answer_call
from folkmoot.meetings.models import Answer, Meeting, Says, Way
from tests.calendar.reading import words_of
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    organisation()
    return freeze(NOW)


@pytest.fixture
def group():
    return meeting_group()


@pytest.fixture
def call(group):
    return next_meeting(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada Ash"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben Brook"), group)


def told():
    entries = Entry.objects.filter(kind__startswith="meetings.").exclude(kind="meetings.series_began")
    return list(entries.order_by("pk").values_list("kind", flat=True))


def said(call):
    return [(answer.person.name, answer.says) for answer in answers_to(call)]


def page_of(person, path):
    browser = Client()
    if person is not None:
        browser.force_login(person)
    return words_of(browser.get(path).content.decode())


def test_the_latest_answer_counts_and_each_is_told_once(call, ben):
    for says in (Says.COMING, Says.COMING, Says.MAYBE, Says.REGRET):
        answer_call(call, says, by=ben)
    assert said(call) == [("Ben Brook", "regret")]
    assert [one.person for one in regrets_of(call)] == [ben]

    take_answer_back(call, by=ben)
    take_answer_back(call, by=ben)
    answer_call(call, Says.COMING, by=ben)
    take_answer_back(call, by=ben)

    assert not Answer.objects.exists()
    assert told() == [
        "meetings.answered",
        "meetings.answered",
        "meetings.regret_said",
        "meetings.regret_taken_back",
        "meetings.answered",
        "meetings.answer_taken_back",
    ]


def test_of_two_answers_the_one_that_was_said_later_counts(call, ben):
    answer_call(call, Says.COMING, by=ben, way=Way.CALENDAR, said_at=NOW - HOUR)

    with pytest.raises(Refused) as refused:
        answer_call(call, Says.REGRET, by=ben, said_at=NOW - 2 * HOUR)
    answer_call(call, Says.MAYBE, by=ben, way=Way.CALENDAR, said_at=NOW + 30 * HOUR)

    assert refused.value.code == "older"
    answer = Answer.objects.get()
    # A clock that is ahead does not lock out what is said later.
    assert (answer.says, answer.way, answer.said_at, answer.answered_for) == ("maybe", "calendar", NOW, call.starts_at)


def test_an_answer_to_another_time_does_not_count(call, ada, ben):
    answer_call(call, Says.COMING, by=ben)
    answer_call(call, Says.REGRET, by=ada)

    moved = move_meeting(call, to=call.starts + dt.timedelta(days=1), why="A holiday", by=ada)

    assert (said(moved), regrets_of(moved)) == ([], [])
    answer_call(moved, Says.COMING, by=ben)
    assert said(moved) == [("Ben Brook", "coming")]
    assert told() == [
        "meetings.answered",
        "meetings.regret_said",
        "meetings.moved",
        "meetings.answered",
    ]


WHO = {
    "stranger": False,
    "observer": True,
    "participant": True,
    "manager": True,
    "former manager": False,
    "other group's manager": False,
    "system": False,
}


@pytest.mark.parametrize(("who", "may"), WHO.items())
def test_who_may_answer(who, may, group, call):
    assert bool(may_answer_call(actor(who, group), call, NOW)) is may


def test_nobody_answers_to_a_call_that_is_cancelled_or_has_begun(group, call, ada, ben, freeze):
    second = next_meeting(group, number=1)
    cancel_meeting(second, why="Nobody is there", by=ada)
    freeze(call.starts_at)

    for meeting in (call, Meeting.objects.get(pk=second.pk)):
        with pytest.raises(Refused) as refused:
            answer_call(meeting, Says.COMING, by=ben)
        assert refused.value.code == "forbidden"
    assert not Answer.objects.exists()


def test_answering_on_the_page_of_the_call_and_what_others_see(call, group, ada, ben):
    browser, path = Client(), call.get_absolute_url()
    browser.force_login(ben)
    before = words_of(browser.get(path).content.decode())

    answered = browser.post(f"{path}here/", {"do": "coming", "next": path}, follow=True)
    answer_call(call, Says.MAYBE, by=ada)

    assert "Nobody has answered yet" in before
    assert answered.redirect_chain == [(path, 302)]
    assert "The group sees that you are coming." in words_of(answered.content.decode())
    for reader in (ada, ben, PersonFactory(is_steward=True)):
        words = page_of(reader, path)
        assert "1 is coming: Ben Brook" in words
        assert "1 may come: Ada Ash" in words
    for reader in (None, PersonFactory()):
        words = page_of(reader, path)
        assert "Ben Brook" not in words
        assert "Are you coming?" not in words
    pressed = re.findall(r'aria-pressed="true"[^>]*value="(\w+)"', browser.get(path).content.decode())
    assert pressed == ["coming"]


@pytest.mark.parametrize("path", ["the call", "the desk"])
def test_answer_to_a_time_that_has_changed_since_the_page_was_opened_is_asked_for_anew(path, call, ada, ben):
    browser, there = Client(), call.get_absolute_url()
    browser.force_login(ben)
    opened = browser.get(there if path == "the call" else "/me/").content.decode()
    (at,) = re.findall(r'name="at" value="(\d+)"', opened)
    move_meeting(call, to=call.starts + HOUR, why="A holiday", by=ada)

    answered = browser.post(f"{there}here/", {"do": "coming", "next": there, "at": at}, follow=True)

    assert "Meanwhile the call has been moved. Please answer to its new time." in words_of(answered.content.decode())
    assert Answer.objects.count() == 0


def test_an_answer_that_is_none_is_refused(call, ben):
    browser = Client()
    browser.force_login(ben)

    assert browser.post(f"{call.get_absolute_url()}here/", {"do": "perhaps"}).status_code == 400
    assert not Answer.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_the_call_costs_the_same_however_many_answer(call, group, ben, rows, django_assert_num_queries):
    for _number in range(rows):
        answer_call(call, Says.COMING, by=join(PersonFactory(), group))
    browser = Client()
    browser.force_login(ben)
    browser.get(call.get_absolute_url())

    with django_assert_num_queries(15):
        browser.get(call.get_absolute_url())


def test_desk_asks_for_the_next_call_and_says_what_was_answered_to_later_ones(group, call, ben, client):
    later = next_meeting(group, number=1)
    answer_call(later, Says.MAYBE, by=ben)
    client.force_login(ben)

    page = client.get("/me/").content.decode()
    client.post(f"/meetings/{call.pk}/here/", {"do": "coming", "next": "/me/"})

    assert re.findall(r'name="do" type="submit" value="(\w+)"', page) == ["coming", "maybe", "regret"]
    assert "Lantern Working Group maybe" in words_of(page)
    assert said(call) == [("Ben Brook", "coming")]
