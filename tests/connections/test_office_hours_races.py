"""Many book one seat at once; seats are given back while others are given on. Each has its control, which must fail."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from folkmoot.connections.actions import office_hours_booking as booking
from folkmoot.connections.models.office_hours import SEATED, BookingState, OfficeBooking, OfficeHours
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter
from folkmoot.people.models import Person
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.office_hours import booked, coming, offered
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 50


@pytest.fixture
def ada() -> Person:
    organisation()
    return join(PersonFactory(name="Ada"), group())


def unguarded(patch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Take the locks away; what would be told is kept in a list, since a fact wants a transaction."""
    told: list[tuple[str, int]] = []
    patch.setattr(booking, "hold", lambda hours: OfficeHours.objects.select_related("host", "group").get(pk=hours.pk))
    patch.setattr(booking, "hold_people", lambda _keys: None)
    patch.setattr(booking, "record", lambda fact, **_how: told.append((fact.state, fact.booking_id)))
    patch.setattr(booking, "tell", lambda *_given, **_how: [])
    return told


def together(patch: pytest.MonkeyPatch, name: str, runners: int) -> None:
    """All have looked before one acts."""
    all_have_looked = threading.Barrier(runners)
    act = getattr(booking, name)

    def acting(*given: object) -> object:
        found = act(*given) if name == "_place" else None
        all_have_looked.wait(timeout=20)
        return found or act(*given)

    patch.setattr(booking, name, acting)


def test_of_fifty_who_book_one_seat_at_once_one_has_it_and_the_others_wait_in_the_order_in_which_they_came(ada):
    hours = offered(ada, slots=1)
    people = PersonFactory.create_batch(MANY)
    clients = []
    for person in people:
        client = Client()
        client.force_login(person)
        clients.append(client)
    address, sent = reverse("book_office_hour", args=[hours.pk]), {"slot": coming(hours).key, "waits": "on"}

    def send(client: Client) -> int:
        try:
            return client.post(address, sent).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        answers = Counter(pool.map(send, clients))

    assert answers == {302: MANY}
    rows = list(OfficeBooking.objects.order_by("pk"))
    assert [one.state for one in rows] == ["booked", *["waiting"] * (MANY - 1)]
    assert sorted(one.made_at for one in rows) == [one.made_at for one in rows]
    assert Letter.objects.exclude(recipient=ada.email).count() == 1
    booking.give_back(rows[0], by=rows[0].person)
    assert OfficeBooking.objects.get(state=BookingState.BOOKED) == rows[1]


def test_control_without_lock_and_constraint_one_seat_is_given_to_all(ada, monkeypatch):
    hours = offered(ada, slots=1)
    key, people = coming(hours).key, PersonFactory.create_batch(RUNNERS)
    constraint = next(one for one in OfficeBooking._meta.constraints if one.name == "office_seat_is_given_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(OfficeBooking, constraint)
    try:
        with monkeypatch.context() as patch:
            unguarded(patch)
            together(patch, "_place", RUNNERS)
            take = booking.book.__wrapped__
            assert race(lambda number: take(hours, key, by=people[number])) == []
        assert OfficeBooking.objects.filter(state=BookingState.BOOKED).count() == RUNNERS
    finally:
        OfficeBooking.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(OfficeBooking, constraint)


def test_seats_given_back_while_others_give_up_waiting_go_on_once_each_and_none_is_lost(ada, monkeypatch):
    hours = offered(ada, slots=1, seats=2)
    rows = [booked(hours, person, waits=True) for person in PersonFactory.create_batch(7)]
    # Two have seats and give them back, while the first and third of those who wait give up.
    leaving = [rows[0], rows[2], rows[1], rows[4]]

    failed = race(lambda number: booking.give_back(leaving[number], by=leaving[number].person))

    assert failed == []
    seated = list(OfficeBooking.objects.filter(state__in=SEATED).order_by("pk"))
    assert [one.pk for one in seated] == [rows[3].pk, rows[5].pk]
    assert sorted(one.seat for one in seated) == [1, 2]
    given = Entry.objects.filter(kind="connections.office_hour_booked", payload__state="booked", actor=None)
    assert max(Counter(one.payload["booking_id"] for one in given).values()) == 1
    for one in seated:
        letters = Letter.objects.filter(recipient=one.person.email)
        assert [letter.calendar_method for letter in letters] == ["REQUEST"]

    # The control: whoever does not hold the hours gives the same seats on a second time.
    again = offered(ada, slots=1, seats=2, title="Again", start=hours.start.replace(hour=15))
    rows = [booked(again, person, waits=True) for person in PersonFactory.create_batch(4)]
    with monkeypatch.context() as patch:
        told = unguarded(patch)
        settled = threading.Barrier(2)
        settle = booking.settle

        def settle_together(*given: object, **how: object) -> None:
            settle(*given, **how)
            settled.wait(timeout=20)

        patch.setattr(booking, "settle", settle_together)
        together(patch, "_give_on_slot", 2)
        leave = booking.give_back.__wrapped__
        assert race(lambda number: leave(rows[number], by=rows[number].person) if number < 2 else None) == []
    assert max(Counter(pk for state, pk in told if state == "booked").values()) == 2
