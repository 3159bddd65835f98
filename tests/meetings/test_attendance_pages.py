"""The pages of a call's attendance, for everybody who comes to them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from folkmoot.groups.models import Power
from folkmoot.meetings.actions import close_attendance, note_guest, record_attendance
from folkmoot.meetings.attendance_reading import Counted, attendance_of, counted
from folkmoot.meetings.models import Answer, Attendance, Source
from tests.calendar.reading import page_of, words_of
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-24T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group():
    return meeting_group()


@pytest.fixture
def call(group):
    return held_call(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada Amberly"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben Brook"), group)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return words_of(response.content.decode())


def here(call) -> str:
    return f"/meetings/{call.pk}/here/"


def test_one_button_puts_me_on_the_list_and_takes_me_off(call, ben):
    browser = signed_in(ben)
    assert "I was there" in read(browser, here(call))

    page = browser.post(here(call), {"do": "here"}, follow=True).content.decode()

    assert "You are on the list of this call." in words_of(page)
    assert f'action="{here(call)}not/"' in page
    assert "You were there." in words_of(page)
    browser.post(f"{here(call)}not/")
    assert counted(call) == Counted()
    browser.post(here(call), {"do": "here"})
    assert "You are not on the list" in words_of(browser.post(here(call), {"do": "off"}, follow=True).content.decode())
    assert browser.post(here(call), {"do": "dance"}).status_code == 400


def test_names_are_for_the_group_and_numbers_for_everybody_once_it_is_over(call, group, ada, ben):
    record_attendance(call, ben, by=ada)
    note_guest(call, name="Jo Marsh", affiliation="The Library", by=ada)
    under_way = held_call(group, ended=-HOUR / 2)
    record_attendance(under_way, ben, by=ada)

    inside, outside, anonymous = signed_in(ada), signed_in(PersonFactory()), Client()

    words = read(inside, here(call))
    assert "1 person and 1 guest" in words
    assert "Ben Brook from the host’s list" in words
    assert "Jo Marsh guest, The Library" in words
    for reader in (outside, anonymous):
        words = read(reader, here(call))
        assert "1 person and 1 guest" in words
        assert not re.search("Ben|Jo Marsh|Library", words)
        assert "1 person" not in read(reader, here(under_way))
        for page in (f"/meetings/{call.pk}/", f"/groups/{group.slug}/meetings/", f"/groups/{group.slug}/history/"):
            assert not re.search("Ben|Jo Marsh|Library", read(reader, page))
    assert "1 person and 1 guest" in read(anonymous, f"/meetings/{call.pk}/")


def test_page_for_strangers_is_kept_and_follows_what_is_noted(call, ada, ben):
    assert "1 person" not in page_of(Client(), call)

    record_attendance(call, ben, by=ada)

    assert "1 person" in page_of(Client(), call)
    response = Client().get(here(call))
    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_before_the_call_one_may_say_that_one_cannot_come(group, ben, ada):
    coming = held_call(group, ended=-48 * HOUR)
    browser = signed_in(ben)
    assert "The list opens a quarter of an hour before the call begins." in read(browser, here(coming))

    words = words_of(browser.post(here(coming), {"do": "regret"}, follow=True).content.decode())

    assert "The group sees that you cannot come." in words
    assert "1 cannot come: Ben Brook" in read(signed_in(ada), here(coming))
    assert "Ben" not in read(signed_in(PersonFactory()), here(coming))
    browser.post(here(coming), {"do": "open"})
    assert "1 cannot come" not in read(browser, here(coming))


def test_hosts_list_changes_only_the_boxes_that_were_changed(call, group, ada, ben):
    cleo, dan = join(PersonFactory(name="Cleo"), group), join(PersonFactory(name="Dan"), group)
    record_attendance(call, ben, by=ada)
    browser = signed_in(ada)
    page = browser.get(f"{here(call)}list/").content.decode()
    (shown,) = re.findall(r'name="shown" value="([^"]*)"', page)
    assert shown == str(ben.pk)
    # Meanwhile Cleo taps, and Ben goes.
    record_attendance(call, cleo, by=cleo, source=Source.TAP)

    browser.post(f"{here(call)}list/", {"do": "list", "shown": shown, "there": [dan.pk]})

    assert {row.person for row in attendance_of(call).people} == {cleo, dan}
    assert Attendance.objects.get(person=ben).withdrawn_at is not None
    assert browser.post(f"{here(call)}list/", {"do": "list", "there": [PersonFactory().pk]}).status_code == 400


def test_hosts_list_adds_a_guest_or_says_what_is_missing(call, ada):
    browser, path = signed_in(ada), f"{here(call)}list/"

    assert browser.post(path, {"do": "guest", "guest-name": "\u200b"}).status_code == 400
    browser.post(path, {"do": "guest", "guest-name": "Jo Marsh", "guest-affiliation": "The Library"})

    assert attendance_of(call).names == ["Jo Marsh (The Library)"]


def test_closed_list_asks_for_the_reason_and_shows_it(call, ada, ben):
    browser, path = signed_in(ada), f"{here(call)}list/"
    assert "Close it now" in read(browser, here(call))
    browser.post(f"{here(call)}close/")
    assert "Why is it corrected?" in read(browser, path)

    refused = browser.post(path, {"do": "list", "shown": "", "there": [ben.pk]})
    assert refused.status_code == 400
    browser.post(path, {"do": "list", "shown": "", "there": [ben.pk], "why": "Was on the phone line"})

    words = read(signed_in(ben), here(call))
    assert "Corrected since Ben Brook , added by Ada Amberly : Was on the phone line" in words
    assert "The list of this call is closed." not in words
    assert "I was not there" not in words


def test_pasted_names_are_reviewed_before_anything_is_noted(call, group, ada, ben):
    join(PersonFactory(name="Ben Burns"), group)
    browser, path = signed_in(ada), f"{here(call)}names/"
    text = "Brook, Ben\nBen\nJo Marsh (The Library)\nZed Quill"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"names": " \n"}).status_code == 400

    review = browser.post(path, {"names": text})

    assert review.status_code == 200
    page = review.content.decode()
    assert "1 of 4 names are those of people in the group." in words_of(page)
    assert re.findall(r'<option value="(\w*)" selected', page) == [str(ben.pk), "out", "out", "out"]
    assert "Maybe Ben Brook, Ben Burns?" in words_of(page)
    assert not Attendance.objects.exists()

    chosen = {"name_0": ben.pk, "name_1": "out", "name_2": "guest", "name_3": "out"}
    done = browser.post(path, {"names": text, "apply": "1", **chosen}, follow=True)

    assert attendance_of(call).names == ["Ben Brook", "Jo Marsh (The Library)"]
    assert "2 names were noted. 2 were left out." in words_of(done.content.decode())
    assert browser.post(path, {"names": text, "apply": "1", "name_0": "99999"}).status_code == 400


def test_review_of_a_closed_list_asks_why(call, ada, ben):
    close_attendance(call, by=ada)
    browser, path = signed_in(ada), f"{here(call)}names/"

    assert browser.post(path, {"names": "Ben Brook", "apply": "1", "name_0": ben.pk}).status_code == 400
    browser.post(path, {"names": "Ben Brook", "apply": "1", "name_0": ben.pk, "why": "From the notes"})

    assert attendance_of(call).corrected[0].why == "From the notes"


def test_guest_becomes_a_person_goes_or_loses_the_name(call, ada, ben):
    browser = signed_in(ada)
    known, gone, shy = (note_guest(call, name=name, by=ada) for name in ("Benny", "Nobody", "Shy"))
    Attendance.objects.filter(pk=known.pk).update(guest_email=ben.email.upper())

    def path(guest) -> str:
        return f"{here(call)}guests/{guest.pk}/"

    page = browser.get(path(known)).content.decode()
    assert re.findall(r'<option value="(\d+)" selected', page) == [str(ben.pk)]
    assert browser.post(path(known), {"do": "identify", "person": ""}).status_code == 400
    browser.post(path(known), {"do": "identify", "person": ben.pk})
    browser.post(path(gone), {"do": "off"})
    browser.post(path(shy), {"do": "nameless"})

    present = attendance_of(call)
    assert (present.names, present.nameless) == (["Ben Brook"], 1)
    assert "And one whose name is kept no more." in read(browser, here(call))
    assert [browser.get(path(one)).status_code for one in (known, gone, shy)] == [404, 404, 404]


def test_desk_asks_whether_i_was_there_until_i_answered(call, ben):
    browser = signed_in(ben)
    assert "Were you there?" in read(browser, "/me/")

    browser.post(here(call), {"do": "here"})

    assert "Were you there?" not in read(browser, "/me/")


def test_my_own_page_lists_where_i_was_and_adds_nothing_up(call, ben, ada, group):
    assert "No list of a call has your name on it yet." in read(signed_in(ben), "/me/attendance/")
    record_attendance(call, ben, by=ada)
    old = held_call(group, ended=40 * 24 * HOUR)
    record_attendance(old, ben, by=ada, why="From the notes")

    words = read(signed_in(ben), "/me/attendance/")

    assert words.count("Lantern Working Group , from the host’s list") == 2
    assert words.count("can be corrected") == 1
    assert not re.search(r"\d+ ?%|\b2 calls|in a row", words)


@pytest.mark.parametrize("people", [1, 3])
def test_pages_ask_the_database_as_often_whatever_the_length_of_the_list(
    call, group, ada, people, django_assert_num_queries
):
    for _number in range(people):
        person = join(PersonFactory(), group)
        record_attendance(call, person, by=ada)
        note_guest(call, name=f"Guest {person.pk}", by=ada)
        Answer.objects.create(meeting=call, person=PersonFactory(), said_at=call.starts_at)
        record_attendance(held_call(group, ended=HOUR), ada, by=ada)
    browser, mine = signed_in(ada), signed_in(ada)
    browser.get(here(call))

    with django_assert_num_queries(15):
        browser.get(here(call))
    with django_assert_num_queries(7):
        browser.get(f"{here(call)}list/")
    with django_assert_num_queries(4):
        mine.get("/me/attendance/")
