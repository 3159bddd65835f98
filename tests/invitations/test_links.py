"""Answering a call from a mail: by a signed address, a page with three buttons, and no session."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.conf import settings
from django.test import Client

from folkmoot.groups.actions import end_participation
from folkmoot.invitations.links import answer_path
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting
from folkmoot.meetings.models import Answer, Meeting
from folkmoot.notices.models import Letter
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.guards import stamp
from tests.calendar.reading import words_of
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

GONE = "This link does not work any more"


def press(address: str, does: str, *, opened: float | None = None, **given):
    """Press a button on the page a moment after it was opened."""
    opened = time.time() - 5 if opened is None else opened
    return Client().post(address, {"opened": stamp(opened), "do": does, **given})


def said(response) -> tuple[int, str]:
    """The status and the heading of a page."""
    return response.status_code, re.search("<h1>(.*?)</h1>", response.content.decode())[1]


def answers() -> list[tuple[str, str, str]]:
    return list(Answer.objects.order_by("pk").values_list("person__name", "says", "way"))


def told() -> list[str]:
    kinds = Entry.objects.order_by("pk").values_list("kind", flat=True)
    return [kind for kind in kinds if "answer" in kind or "regret" in kind]


def test_mails_about_a_call_that_is_to_come_carry_the_address_of_each_reader(group, call, ada, ben):
    moved = move_meeting(call, to=call.starts + dt.timedelta(hours=1), why="A holiday", by=ada)
    cancel_meeting(moved, why="Rain", by=ada)
    restore_meeting(moved, by=ada)
    extra = add_extra_meeting(
        group, starts=call.starts, zone=call.zone, duration=dt.timedelta(hours=1), title="Extra", by=ada
    )

    letters = list(Letter.objects.filter(recipient=ben.email).order_by("pk"))
    found = [re.findall(r"answer without signing in: (\S+)|$", one.text.lower())[0] for one in letters]
    to_ben = f"{settings.PUBLIC_ADDRESS}{answer_path(call, ben)}".lower()
    assert found == [to_ben, "", to_ben, f"{settings.PUBLIC_ADDRESS}{answer_path(extra, ben)}".lower()]


def test_each_button_answers_and_one_takes_it_back_without_a_session(call, ben):
    address = answer_path(call, ben)

    pages = [press(address, does) for does in ("coming", "coming", "maybe", "regret")]

    assert [said(page) for page in pages] == [(200, "Thank you")] * 4
    assert "The group sees that you cannot come." in words_of(pages[-1].content.decode())
    assert answers() == [("Ben Brook", "regret", "link")]
    assert said(press(address, "open")) == (200, "Are you coming?")
    assert answers() == []
    assert told() == ["meetings.answered", "meetings.answered", "meetings.regret_said", "meetings.regret_taken_back"]
    assert {entry.actor for entry in Entry.objects.filter(kind="meetings.answered")} == {ben}
    assert said(press(address, "dance")) == (400, "Are you coming?")


def test_answer_on_a_page_that_shows_another_time_is_asked_for_anew(call, ada, ben):
    address, at = answer_path(call, ben), r'name="at" value="(\d+)"'
    (shown,) = re.findall(at, Client().get(address).content.decode())
    move_meeting(call, to=call.starts + dt.timedelta(hours=1), why="A holiday", by=ada)

    page = press(address, "coming", at=shown)
    before = answers()
    (shown,) = re.findall(at, page.content.decode())

    assert (said(page), before) == ((400, "Are you coming?"), [])
    assert "Meanwhile the call has been moved. Please answer to its new time." in words_of(page.content.decode())
    assert said(press(address, "coming", at=shown)) == (200, "Thank you")
    assert answers() == [("Ben Brook", "coming", "link")]


def test_opening_it_and_pressing_at_once_as_mail_programs_do_answers_nothing(call, ben):
    address = answer_path(call, ben)

    assert [said(Client().get(address)), Client().head(address).status_code] == [(200, "Are you coming?"), 200]
    assert said(press(address, "coming", opened=time.time())) == (400, "Are you coming?")
    assert said(press(address, "coming", homepage="https://example.org")) == (200, "Are you coming?")
    assert Client(enforce_csrf_checks=True).post(address, {"do": "coming"}).status_code == 403
    assert Client().get(address)["Cache-Control"].startswith("max-age=0, no-cache, no-store")

    assert (answers(), told()) == ([], [])


def test_page_shows_the_call_and_the_answer_so_far_and_no_names(call, ada, ben):
    press(answer_path(call, ada), "regret")
    press(answer_path(call, ben), "maybe")

    page = Client().get(answer_path(call, ben)).content.decode()

    assert "Lantern Working Group" in words_of(page)
    assert re.findall(r'aria-pressed="true"[^>]*value="(\w+)"', page) == ["maybe"]
    assert [name for name in (ada.name, ben.name, ada.email, ben.email) if name in page] == []


@pytest.mark.parametrize("happened", ["left", "held", "erased", "cut"])
def test_link_is_unknown_once_its_person_is_not_expected(happened, call, ben):
    address = answer_path(call, ben)
    match happened:
        case "left":
            end_participation(ben.participations.get(), by=system())
        case "held":
            ben.is_active = False
            ben.save()
        case "erased":
            erase_person(ben, by=system())
        case "cut":
            address = address[:-3] + "/"

    pages = [Client().get(address), press(address, "coming")]

    assert [said(page) for page in pages] == [(404, GONE)] * 2
    assert "Lantern" not in pages[1].content.decode()
    assert answers() == []


def test_link_of_a_record_that_was_merged_answers_for_the_one_that_is_kept(call, ada, ben):
    address = answer_path(call, ben)
    kept = PersonFactory(name="Ben Elsewhere")
    merge_people(kept, ben, by=system())

    assert said(press(address, "coming")) == (200, "Thank you")

    assert answers() == [("Ben Elsewhere", "coming", "link")]


@pytest.mark.parametrize("happened", ["begun", "cancelled"])
def test_link_says_that_a_call_has_begun_or_does_not_take_place(happened, call, ada, ben, clock):
    if happened == "begun":
        clock.move_to(call.starts_at)
    else:
        cancel_meeting(call, why="Rain", by=ada)

    pages = [Client().get(answer_path(call, ben)), press(answer_path(call, ben), "coming")]

    assert [said(page) for page in pages] == [(410, "Lantern Working Group")] * 2
    assert ["has begun, or does not take place" in page.content.decode() for page in pages] == [True] * 2
    assert (answers(), Meeting.objects.get(pk=call.pk).starts_at) == ([], call.starts_at)


def test_the_page_asks_few_queries(call, ben, django_assert_num_queries):
    address = answer_path(call, ben)
    Client().get(address)

    with django_assert_num_queries(5):
        Client().get(address)
