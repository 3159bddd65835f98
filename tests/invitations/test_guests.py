"""People from outside, asked to one call by mail: they answer without an account, and are merged later."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from folkmoot.invitations.actions import guests as guest_actions
from folkmoot.invitations.actions import invite_guest, stop_invitations, uninvite_guest, wish_invitations
from folkmoot.invitations.links import answer_path
from folkmoot.invitations.models import CallGuest, CallInvitation
from folkmoot.invitations.queries import guests_of
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import answer_call, cancel_meeting, settle_call_place
from folkmoot.meetings.models import Answer, Says
from folkmoot.notices.actions import receive
from folkmoot.people.actions import merge_people
from folkmoot.people.models import Person
from tests.calendar.reading import words_of
from tests.factories.meetings import actor
from tests.factories.people import PersonFactory
from tests.invitations.conftest import NOW
from tests.invitations.letters import event_in, letters, mailed, reply_to
from tests.invitations.test_links import press, said

pytestmark = pytest.mark.django_db

GUEST = "marisol@elsewhere.example"
LINK = "https://meet.example.org/lantern"


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BOUNCE_ADDRESS = "in@example.com"


@pytest.fixture
def held(call):
    """The call, which has a way in."""
    settle_call_place(call, join_link=LINK, venue="", address="", venue_notes="", venue_is_public=False, by=system())
    return call


@pytest.mark.parametrize("gets_way_in", [True, False])
def test_guest_is_invited_at_once_and_told_the_way_in_only_where_that_was_said(gets_way_in, held, ada):
    invite_guest(held, GUEST.upper(), name="Marisol Vane", gets_way_in=gets_way_in, by=ada)

    (letter,) = letters(GUEST)
    assert (event_in(letter)["ATTENDEE"].params["CN"], event_in(letter)["UID"]) == ("Marisol Vane", held.uid)
    assert (LINK in letter.calendar, LINK in letter.text) == (gets_way_in, gets_way_in)
    entry = Entry.objects.get(kind="invitations.guest_invited")
    assert (entry.actor, entry.about, entry.within_id) == (ada, Person.objects.get(email=GUEST), held.group_id)


def test_guest_answers_by_link_and_from_the_calendar_without_an_account_and_is_merged_later(held, ada):
    guest = invite_guest(held, GUEST, name="Marisol", by=ada).person

    assert said(press(answer_path(held, guest), "maybe")) == (200, "Thank you")
    later = reply_to(letters(GUEST)[0], at=dt.datetime.now(dt.UTC))
    assert receive(later, now=NOW).outcome == "handled"
    kept = PersonFactory(name="Marisol Vane")
    merge_people(kept, guest, by=system())

    assert list(Answer.objects.values_list("person", "says", "way")) == [(kept.pk, "coming", "calendar")]
    assert (CallGuest.objects.get().person, CallInvitation.objects.get().person) == (kept, kept)
    assert said(press(answer_path(held, guest), "regret")) == (200, "Thank you")
    assert Answer.objects.get().says == "regret"


def test_invitation_that_is_taken_back_goes_off_the_calendar_and_its_link_leads_nowhere(held, ada):
    guest = invite_guest(held, GUEST, by=ada)
    uninvite_guest(guest, by=ada)
    uninvite_guest(guest, by=ada)

    assert [method for method, _sequence, _status in mailed(GUEST)] == ["REQUEST", "CANCEL"]
    assert LINK not in letters(GUEST)[1].calendar
    assert said(press(answer_path(held, guest.person), "coming"))[0] == 404
    assert receive(reply_to(letters(GUEST)[0]), now=NOW).outcome == "refused"
    invite_guest(held, GUEST, by=ada)
    sequences = [sequence for _method, sequence, _status in mailed(GUEST)]
    assert sequences == sorted(set(sequences))
    assert Answer.objects.count() == 0
    assert Entry.objects.filter(kind="invitations.guest_uninvited").count() == 1


def test_guest_who_was_invited_at_two_addresses_is_there_once_after_the_merge(held, ada):
    kept, gone = (invite_guest(held, email, name="Marisol", by=ada).person for email in (GUEST, "m@example.org"))
    merge_people(kept, gone, by=system())

    assert [one.row.person for one in guests_of(held)] == [kept]


def test_guest_who_signs_in_answers_on_the_page_and_sees_their_own_answer_alone(held, ada, ben, client):
    guest = invite_guest(held, GUEST, name="Marisol Vane", by=ada).person
    answer_call(held, Says.COMING, by=ben)
    answer_call(held, Says.MAYBE, by=guest)
    client.force_login(guest)

    pages = [client.get(path).content.decode() for path in (held.get_absolute_url(), f"{held.get_absolute_url()}here/")]

    for page in pages:
        assert re.findall(r'aria-pressed="true"[^>]*value="(\w+)"', page) == ["maybe"]
        assert "Ben Brook" not in page
        assert "Whoever takes part in the group sees the answer." in words_of(page)


def test_who_wants_no_invitations_as_a_guest_gets_none_of_anybody(held, ada):
    guest = invite_guest(held, GUEST, by=ada).person
    stop_invitations(None, by=guest)
    cancel_meeting(held, why="Rain", by=ada)

    assert len(letters(GUEST)) == 1
    wish_invitations(None, by=guest)
    assert len(letters(GUEST)) == 1


def test_invitations_that_make_no_sense_are_refused(held, ada, ben, monkeypatch, clock):
    refused = []

    def code(email: str) -> str:
        with pytest.raises(Refused) as found:
            invite_guest(held, email, by=ada)
        refused.append(found.value.code)
        return found.value.code

    stopped = PersonFactory(email="stopped@example.org")
    stop_invitations(None, by=stopped)
    invite_guest(held, GUEST, by=ada)
    assert [code(one) for one in ("no address", '"odd one"@example.org', ben.email, stopped.email, GUEST)] == [
        "invalid",
        "invalid",
        "already_there",
        "not_wanted",
        "already_invited",
    ]
    monkeypatch.setattr(guest_actions, "MOST_A_DAY", 1)
    assert code("another@example.org") == "too_many"
    clock.move_to(held.starts_at)
    assert code("another@example.org") == "call_over"
    assert [one.person.email for one in CallGuest.objects.all()] == [GUEST]


def test_guest_is_not_invited_and_taken_off_again_and_again(held, ada, monkeypatch):
    for _time in range(3):
        uninvite_guest(invite_guest(held, GUEST, by=ada), by=ada)

    with pytest.raises(Refused, match="several times already") as again:
        invite_guest(held, GUEST, by=ada)
    monkeypatch.setattr(guest_actions, "MOST_A_DAY", 3)
    with pytest.raises(Refused, match="go on tomorrow") as another:
        invite_guest(held, "another@example.org", by=ada)

    assert (again.value.code, another.value.code) == ("too_many", "too_many")
    assert len(mailed(GUEST)) == 6


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("manager", True),
        ("steward", True),
        ("participant", False),
        ("observer", False),
        ("other group's manager", False),
        ("former manager", False),
        ("stranger", False),
    ],
)
def test_who_leads_the_group_invites_guests(who, may, held, group):
    by = actor(who, group)
    if may:
        uninvite_guest(invite_guest(held, GUEST, by=by), by=by)
        return
    with pytest.raises(Refused) as refused:
        invite_guest(held, GUEST, by=by)

    assert (refused.value.code, CallGuest.objects.count(), letters(GUEST)) == ("forbidden", 0, [])


def test_page_shows_guests_with_their_answers_and_invites_one_more(held, ada, client, django_assert_num_queries):
    client.force_login(ada)
    page = reverse("call_guests", args=[held.pk])
    assert reverse("call_guests", args=[held.pk]) in client.get(held.get_absolute_url()).content.decode()

    client.post(page, {"email": GUEST, "name": "Marisol Vane"})
    press(answer_path(held, Person.objects.get(email=GUEST)), "maybe")
    with django_assert_num_queries(6):
        first = client.get(page)
    for name in ("Nia", "Ola"):
        invite_guest(held, f"{name}@elsewhere.example", name=name, by=ada)
    with django_assert_num_queries(6):
        client.get(page)

    assert "Marisol Vane , maybe, without the way in" in words_of(first.content.decode())
    again = client.post(page, {"email": GUEST})
    assert (again.status_code, "is invited already" in again.content.decode()) == (400, True)
    guest = CallGuest.objects.get(person__email=GUEST)
    client.post(reverse("uninvite_guest", args=[held.pk, guest.pk]))
    assert [one.person.name for one in CallGuest.objects.filter(withdrawn_at=None)] == ["Nia", "Ola"]
