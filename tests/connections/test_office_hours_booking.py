"""Booking slots of office hours, giving them back, waiting for them; who may, and what both are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.connections.actions import office_hours_booking
from folkmoot.connections.actions.interests import forget_apart, keep_apart
from folkmoot.connections.actions.office_hours import change_hours, move_day, pause_hours, resume_hours
from folkmoot.connections.actions.office_hours_booking import (
    answer_asked,
    book,
    call_booking_off,
    give_back,
    give_on,
    note_came,
)
from folkmoot.connections.models.office_hours import BookingState, OfficeBooking, OfficeHours, OfficeOpenTo
from folkmoot.connections.tasks.office_hours import follow_closed_group
from folkmoot.groups.actions import end_participation
from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.facts import GroupClosed
from folkmoot.groups.models import Group, Participation
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter, Telling
from folkmoot.people.actions import erase_person
from folkmoot.people.models import Person
from tests.factories.connections.office_hours import booked, coming, offered, words
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)  # a Monday


@pytest.fixture
def lantern(freeze) -> Group:
    freeze(NOW)
    organisation()
    return group()


@pytest.fixture
def ada(lantern) -> Person:
    return join(PersonFactory(name="Ada", zone="Africa/Lagos"), lantern)


@pytest.fixture
def ben() -> Person:
    return PersonFactory(name="Ben", zone="Asia/Tokyo")


@pytest.fixture
def eve() -> Person:
    return PersonFactory(name="Eve")


@pytest.fixture
def hours(ada) -> OfficeHours:
    return offered(ada)


def states(hours: OfficeHours) -> list[tuple[str, str, int | None]]:
    rows = OfficeBooking.objects.filter(hours=hours).order_by("pk")
    return list(rows.values_list("person__name", "state", "seat"))


def told(person: Person) -> list[str]:
    kinds = Telling.objects.filter(person=person).order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("connections.office_hours_") for kind in kinds]


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_slot_is_booked_and_both_have_it_in_their_calendars(hours, ada, ben):
    booking = booked(hours, ben, topic="  What a\nclause is ")

    assert states(hours) == [("Ben", "booked", 1)]
    assert (booking.topic, booking.starts_at) == ("What a clause is", dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC))
    assert (told(ben), told(ada)) == (["booked"], ["taken"])
    telling = Telling.objects.get(person=ben)
    assert telling.subject == "Booked: Ask about charters with Ada, Wed 4 Mar 2026, 18:00"
    assert telling.text == (
        "“Ask about charters” with Ada on Wednesday 4 March 2026 at 18:00, Tokyo time is yours.\n\n"
        "For Ada that is Wednesday 4 March 2026 at 10:00, Lagos time.\n\n"
        "Where: https://video.example.org/ada\n\nYou would like to talk about: What a clause is"
    )
    for letter in Letter.objects.filter(recipient__in=[ada.email, ben.email]):
        assert letter.calendar_method == "REQUEST"
        lines = letter.calendar.replace("\r\n ", "").splitlines()
        assert f"UID:{booking.uid}" in lines
        assert "DTSTART;TZID=Africa/Lagos:20260304T100000" in lines
        assert "SEQUENCE:0" in lines
        assert [line.rsplit("mailto:")[-1] for line in lines if line.startswith("ATTENDEE")] == [letter.recipient]
    entry = Entry.objects.get(kind="connections.office_hour_booked")
    assert (entry.actor, entry.about, entry.payload) == (ben, ben, {"booking_id": booking.pk, "state": "booked"})


def test_who_is_late_or_has_it_or_enough_is_refused_in_words(hours, ada, ben, eve, freeze):
    first, second = coming(hours), coming(hours, 1)
    book(hours, first.key, by=ben)

    assert refusal(lambda: book(hours, first.key, by=ben)) == "twice"
    assert refusal(lambda: book(hours, second.key, by=ben)) == "too_many"
    assert refusal(lambda: book(hours, first.key, by=eve)) == "taken"
    assert refusal(lambda: book(hours, second.key, by=ada)) == "not_found"
    assert refusal(lambda: book(hours, "2026-03-05.1", by=eve)) == "gone"
    assert refusal(lambda: book(hours, "nonsense", by=eve)) == "gone"
    assert refusal(lambda: book(hours, second.key, topic="x" * 301, by=eve)) == "too_long"
    assert refusal(lambda: book(hours, "2026-05-06.1", by=eve)) == "too_late"
    pause_hours(hours, by=ada)
    assert refusal(lambda: book(hours, second.key, by=eve)) == "closed"
    resume_hours(hours, by=ada)
    freeze(second.start - dt.timedelta(hours=1))
    assert refusal(lambda: book(hours, second.key, by=eve)) == "too_late"
    assert states(hours) == [("Ben", "booked", 1)]


def test_nobody_is_in_two_places_neither_who_books_nor_who_holds(hours, ada, ben, eve, lantern):
    """Two offers of one host at once, two hosts at once, and a host who is a guest at that time."""
    join(eve, lantern)
    again = offered(ada, title="Another subject", start=dt.time(10, 15), slots=1)
    of_eve = offered(eve, start=dt.time(10, 20), slots=1)
    booked(hours, ben)

    assert refusal(lambda: booked(of_eve, ben)) == "busy"
    assert refusal(lambda: booked(again, eve)) == "host_busy"
    assert refusal(lambda: booked(of_eve, ada)) == "busy"
    give_back(OfficeBooking.objects.get(), by=ben)
    assert booked(of_eve, ada).state == BookingState.BOOKED
    assert refusal(lambda: booked(hours, ben)) == "host_busy"


def test_no_change_brings_a_host_into_two_places_and_nothing_of_it_is_done(hours, ada, ben, eve, lantern):
    """Onto a slot of other hours of theirs, and onto one that they have as a guest."""
    join(eve, lantern)
    offered(ada, title="Another subject", start=dt.time(14), slots=1)
    afternoon, morning = OfficeHours.objects.latest("pk"), booked(hours, ben)
    booked(afternoon, eve)
    booked(offered(eve, start=dt.time(17), slots=1), ada)
    Telling.objects.all().delete()
    day = dt.date(2026, 3, 4)

    for at in (dt.time(13, 45), dt.time(17)):
        assert refusal(lambda at=at: move_day(hours, day, dt.datetime.combine(day, at), by=ada)) == "host_busy"
    assert refusal(lambda: change_hours(hours, words(start=dt.time(14)), by=ada)) == "host_busy"

    assert (hours.days.count(), Telling.objects.count()) == (0, 0)
    morning.refresh_from_db()
    assert (morning.starts_at.hour, morning.sequence) == (9, 0)
    move_day(hours, day, dt.datetime(2026, 3, 4, 15), by=ada)
    assert told(ben) == ["moved"]


def test_slot_that_somebody_had_is_not_given_again_when_its_day_is_moved_on(hours, ada, ben, eve, freeze):
    had = booked(hours, ben)
    freeze(had.starts_at + dt.timedelta(minutes=5))
    move_day(hours, dt.date(2026, 3, 4), dt.datetime(2026, 3, 4, 16), by=ada)

    assert refusal(lambda: book(hours, had.key, by=eve)) == "gone"
    assert refusal(lambda: book(hours, had.key, waits=True, by=ben)) == "gone"
    assert book(hours, had.key[:-1] + "2", by=eve).state == BookingState.BOOKED


def test_people_of_several_slots_are_held_all_at_once(hours, ada, ben, eve, monkeypatch):
    """Slot by slot would be another order than that of their keys, and two who do so could wait for each other."""
    booked(hours, ben)
    booked(hours, PersonFactory(), 1)
    for number in range(2):
        book(hours, coming(hours, number).key, waits=True, by=PersonFactory())
    change_hours(hours, words(seats=1), by=ada)
    held: list[list[int]] = []
    monkeypatch.setattr(office_hours_booking, "hold_people", lambda keys: held.append(sorted(set(keys))))

    OfficeHours.objects.update(seats=2)
    keys = set(OfficeBooking.objects.values_list("key", flat=True))
    assert give_on(OfficeHours.objects.get(), keys, timezone.now()) == 2

    people = OfficeBooking.objects.values_list("person", flat=True)
    assert held == [sorted({ada.pk, *people})]


def test_given_back_goes_to_the_next_who_can_come(hours, ada, ben, eve, lantern):
    uma, ivo = join(PersonFactory(name="Uma"), lantern), PersonFactory(name="Ivo")
    key = coming(hours).key
    mine = book(hours, key, by=ben)
    for person in (eve, uma, ivo):
        book(hours, key, waits=True, by=person)
    keep_apart(ada, eve)
    booked(offered(uma, start=dt.time(10, 5)), PersonFactory())

    give_back(mine, by=ben)
    give_back(mine, by=ben)

    assert states(hours) == [
        ("Ben", "given_back", None),
        ("Eve", "waiting", None),
        ("Uma", "waiting", None),
        ("Ivo", "booked", 1),
    ]
    assert (told(ivo), told(eve), told(uma)) == (["booked"], [], ["taken"])
    assert (told(ben), told(ada)) == (["booked", "returned"], ["taken", "free", "taken"])
    letter = Letter.objects.filter(recipient=ben.email).latest("pk")
    assert letter.calendar_method == "CANCEL"
    assert "SEQUENCE:1\r\n" in letter.calendar
    assert "video.example.org" not in letter.calendar
    assert Telling.objects.get(person=ivo).shortcut_words == "You cannot come? Give it back without signing in"


def test_late_give_back_is_noted_and_after_it_began_there_is_none(hours, ada, ben, eve, freeze):
    mine, waits = booked(hours, ben), booked(hours, eve, waits=True)
    freeze(mine.starts_at - dt.timedelta(minutes=30))

    assert refusal(lambda: give_back(mine, by=eve)) == "forbidden"
    give_back(mine, by=ben)

    mine.refresh_from_db()
    waits.refresh_from_db()
    assert (mine.was_late, waits.state) == (True, BookingState.WAITING)
    assert Telling.objects.filter(person=ada).latest("pk").text.endswith("It was later than you had asked for.")
    freeze(mine.starts_at)
    assert refusal(lambda: give_back(waits, by=eve)) == "begun"


def test_group_hours_fill_seat_by_seat_and_fewer_seats_take_none_away(ada, ben, eve):
    together = offered(ada, seats=2, slots=1)
    ivo, uma = PersonFactory(name="Ivo"), PersonFactory(name="Uma")
    for person in (ben, eve, ivo, uma):
        booked(together, person, waits=True)
    assert states(together) == [
        ("Ben", "booked", 1),
        ("Eve", "booked", 2),
        ("Ivo", "waiting", None),
        ("Uma", "waiting", None),
    ]

    change_hours(together, words(seats=1, slots=1), by=ada)
    give_back(OfficeBooking.objects.get(person=ben), by=ben)
    assert [state for _name, state, _seat in states(together)] == ["given_back", "booked", "waiting", "waiting"]

    change_hours(together, words(seats=3, slots=1), by=ada)
    assert states(together)[1:] == [("Eve", "booked", 2), ("Ivo", "booked", 1), ("Uma", "booked", 3)]


def test_people_kept_apart_find_no_hours_and_sit_in_no_slot_together(hours, ada, ben, eve):
    keep_apart(ben, ada)
    assert refusal(lambda: booked(hours, ben)) == "not_found"

    together = offered(ada, seats=3, slots=1, start=dt.time(15))
    forget_apart(ben, ada)
    keep_apart(ben, eve)
    booked(together, ben)
    assert refusal(lambda: booked(together, eve)) == "taken"
    assert booked(together, eve, waits=True).state == BookingState.WAITING
    give_back(OfficeBooking.objects.get(person=ben), by=ben)
    assert OfficeBooking.objects.get(person=eve).state == BookingState.BOOKED


def test_host_may_be_asked_about_who_did_not_come_twice_and_it_is_forgotten(ada, ben, eve, freeze):
    hours = offered(ada, asks_after_missing=True)
    for number in range(2):
        booking = booked(hours, ben)
        assert booking.state == BookingState.BOOKED, number
        assert refusal(lambda booking=booking: note_came(booking, False, by=ada)) == "forbidden"
        freeze(booking.ends_at)
        assert refusal(lambda booking=booking: note_came(booking, False, by=ben)) == "forbidden"
        note_came(booking, False, by=ada)
    assert not Entry.objects.filter(kind__contains="came").exists()

    asked, waits = booked(hours, ben), booked(hours, eve, waits=True)
    assert (asked.state, asked.seat, told(ada)[-1]) == (BookingState.ASKED, 1, "asked")
    assert refusal(lambda: answer_asked(asked, yes=True, by=ben)) == "forbidden"
    answer_asked(asked, yes=False, by=ada)
    asked.refresh_from_db()
    waits.refresh_from_db()
    assert (asked.state, waits.state, told(ben)[-1]) == (BookingState.DECLINED, BookingState.BOOKED, "off")

    again = booked(hours, ben, 1)
    answer_asked(again, yes=True, by=ada)
    answer_asked(again, yes=True, by=ada)
    assert (OfficeBooking.objects.get(pk=again.pk).state, told(ben)[-1]) == (BookingState.BOOKED, "booked")

    freeze(OfficeBooking.objects.get(pk=again.pk).ends_at)
    theirs, waits = booked(hours, eve), booked(hours, ben, waits=True)
    give_back(theirs, by=eve)
    waits.refresh_from_db()
    assert (waits.state, told(ada)[-2:]) == (BookingState.ASKED, ["free", "asked"])

    freeze(timezone.now() + dt.timedelta(days=90))
    assert booked(hours, ben).state == BookingState.BOOKED


def test_host_calls_one_booking_off(hours, ada, ben, eve):
    mine, waits = booked(hours, ben), booked(hours, eve, waits=True)

    assert refusal(lambda: call_booking_off(mine, by=ben)) == "forbidden"
    call_booking_off(mine, by=ada)
    call_booking_off(mine, by=ada)

    assert states(hours) == [("Ben", "called_off", None), ("Eve", "booked", 1)]
    assert told(ben) == ["booked", "off"]
    assert waits.pk


def test_who_leaves_the_group_or_is_erased_makes_room_and_a_host_takes_the_hours_along(ada, lantern, settle):
    ben, eve, ivo = (join(PersonFactory(name=name), lantern) for name in ("Ben", "Eve", "Ivo"))
    hours = offered(ada, lantern, open_to=OfficeOpenTo.GROUP)
    assert refusal(lambda: booked(hours, PersonFactory())) == "not_found"
    for person in (ben, eve, ivo):
        booked(hours, person, waits=True)

    end_participation(Participation.objects.get(person=ben), by=system())
    settle()
    assert states(hours) == [("Ben", "given_back", None), ("Eve", "booked", 1), ("Ivo", "waiting", None)]
    erase_person(eve, by=machine())
    settle()
    assert states(hours) == [("Ben", "given_back", None), ("Ivo", "booked", 1)]
    freed = Telling.objects.filter(person=ada, kind="connections.office_hours_free").latest("pk")
    assert freed.subject == "Someone who left does not come: Ask about charters, Wed 4 Mar 2026, 10:00"
    end_participation(Participation.objects.get(person=ada), by=system())
    settle()
    assert states(hours)[1:] == [("Ivo", "called_off", None)]
    assert told(ivo)[-2:] == ["booked", "off"]
    erase_person(ada, by=machine())
    assert not OfficeHours.objects.exists()


def test_group_that_closes_ends_its_hours_and_who_had_booked_is_told_once(ada, ben, lantern, settle):
    """Also those of somebody who has no place in it, and where the host's day is another one."""
    hours = offered(ada, lantern, zone="Pacific/Honolulu", until=dt.date(2026, 3, 4), start=dt.time(20))
    of_nobody = offered(join(PersonFactory(name="Ivo"), group(name="Elm")), start=dt.time(15))
    OfficeHours.objects.filter(pk=of_nobody.pk).update(group=lantern)
    theirs = booked(of_nobody, ben)
    kept = booked(hours, PersonFactory(name="Eve"))
    assert kept.starts_at == dt.datetime(2026, 3, 5, 6, tzinfo=dt.UTC)

    close_group(lantern, why="It has done what it was for.", by=system())
    settle()
    follow_closed_group(Entry.objects.get(kind=GroupClosed.kind))

    assert (states(of_nobody), states(hours)) == ([("Ben", "called_off", None)], [("Eve", "called_off", None)])
    assert (told(ben), told(kept.person)) == (["booked", "off"], ["booked", "off"])
    assert Entry.objects.filter(kind="connections.office_hours_ended").count() == 2
    assert theirs.pk


def test_hours_that_end_today_by_the_clock_of_their_host_end_when_the_host_leaves(ada, ben, lantern, freeze, settle):
    """It is tomorrow already in UTC."""
    hours = offered(ada, lantern, zone="Pacific/Honolulu", until=dt.date(2026, 3, 4), start=dt.time(20))
    booked(hours, ben)
    freeze(dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC))

    end_participation(Participation.objects.get(person=ada), by=system())
    settle()

    assert states(hours) == [("Ben", "called_off", None)]
