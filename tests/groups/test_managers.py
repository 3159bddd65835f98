from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.actions import end_participation, give_role
from folkmoot.groups.actions.joining import leave_group
from folkmoot.groups.actions.managers import (
    answer_offer,
    choose_public_name,
    end_appointment,
    keep_terms,
    offer_lead,
)
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import AppointmentState, Group, ManagerAppointment, Participation, Power, Role, RosterDraft
from folkmoot.groups.queries import charter_in_force, has_power
from folkmoot.groups.tasks import forget_rosters, keep_terms_of_managers
from folkmoot.groups.terms import lead_terms
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.factories.groups import CHARTER, group, join, lead, role
from tests.factories.people import PersonFactory
from tests.groups.test_joining import notices, told

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def today(freeze):
    return freeze("2026-03-02T12:00Z")


def ask(person, of: Group, *, first: int = 0, last: int = 180, by=None) -> ManagerAppointment:
    return offer_lead(
        person,
        of,
        starts_on=TODAY + first * DAY,
        ends_on=TODAY + last * DAY,
        hours_a_week=2,
        by=by or system(),
    )


def leads(person, of: Group) -> bool:
    return has_power(person, of, Power.MANAGE)


def test_nobody_leads_before_they_say_yes():
    lantern, wren, ben = group(), PersonFactory(is_steward=True), PersonFactory(name="Ben")

    offer = ask(ben, lantern, by=wren)

    assert not leads(ben, lantern)
    assert notices(ben) == ["groups.lead_is_offered"]
    assert told(lantern)[-1] == "groups.lead_offered"

    answer_offer(offer, accept=True, names_publicly=True, by=ben)

    assert leads(ben, lantern)
    offer.refresh_from_db()
    assert (offer.state, offer.names_publicly, offer.participation) == ("accepted", True, present_of(ben, lantern))
    assert told(lantern)[-2:] == ["groups.lead_answered", "groups.role_taken"]
    assert Telling.objects.get(person=wren).subject == "Ben will lead Lantern Working Group"


def test_no_is_told_and_leaves_the_seat_free():
    lantern, wren, ben = group(), PersonFactory(is_steward=True), PersonFactory(name="Ben")
    offer = ask(ben, lantern, by=wren)

    answer_offer(offer, accept=False, names_publicly=True, by=ben)

    offer.refresh_from_db()
    assert (offer.state, offer.names_publicly) == ("declined", False)
    assert not leads(ben, lantern)
    with pytest.raises(Refused) as refused:
        answer_offer(offer, accept=True, by=ben)
    assert refused.value.code == "answered"


def test_only_who_was_asked_answers():
    lantern = group()
    offer = ask(PersonFactory(), lantern)

    for other in (PersonFactory(), PersonFactory(is_steward=True), lead(PersonFactory(), lantern).person):
        with pytest.raises(Refused) as refused:
            answer_offer(offer, accept=True, by=other)
        assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("stranger", False),
        ("participant", False),
        ("manager", False),
        ("manager above", True),
        ("steward", True),
        ("machine", True),
    ],
)
def test_who_may_appoint_and_end(who, may):
    above, lantern = group("Council", text="# Council\n"), group()
    Group.objects.filter(pk=lantern.pk).update(parent=above)
    lantern.refresh_from_db()
    actor = {
        "stranger": PersonFactory,
        "participant": lambda: join(PersonFactory(), lantern),
        "manager": lambda: lead(PersonFactory(), lantern).person,
        "manager above": lambda: lead(PersonFactory(), above).person,
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()
    there = lead(PersonFactory(), lantern)

    def allowed(act) -> bool:
        try:
            act()
        except Refused as refused:
            assert refused.code == "forbidden"
            return False
        return True

    assert allowed(lambda: ask(PersonFactory(), lantern, by=actor)) == may
    assert allowed(lambda: give_role(PersonFactory(), lantern, role(lantern, Power.MANAGE), by=actor)) == may
    assert allowed(lambda: end_appointment(there, why="A reason.", by=actor)) == may
    other = lead(PersonFactory(), lantern)
    assert allowed(lambda: end_participation(other.participation, by=actor)) == may


def test_nobody_appoints_themselves_unless_they_are_the_steward():
    above, lantern = group("Council", text="# Council\n"), group()
    Group.objects.filter(pk=lantern.pk).update(parent=above)
    lantern.refresh_from_db()
    eve, wren = lead(PersonFactory(), above).person, PersonFactory(is_steward=True)

    with pytest.raises(Refused) as refused:
        ask(eve, lantern, by=eve)
    assert refused.value.code == "not_oneself"
    answer_offer(ask(wren, lantern, by=wren), accept=True, by=wren)
    assert leads(wren, lantern)


def test_offer_is_void_once_who_made_it_may_not_appoint():
    above, lantern = group("Council", text="# Council\n"), group()
    Group.objects.filter(pk=lantern.pk).update(parent=above)
    lantern.refresh_from_db()
    eve, ben = lead(PersonFactory(), above).person, PersonFactory()
    offer = ask(ben, lantern, by=eve)
    leave_group(above, by=eve)

    with pytest.raises(Refused) as refused:
        answer_offer(offer, accept=True, by=ben)

    assert refused.value.code == "offer_void"
    assert not leads(ben, lantern)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 4), (-30, -1), (0, 4_000)])
def test_term_has_a_beginning_an_end_and_a_bound(first, last):
    with pytest.raises(Refused) as refused:
        ask(PersonFactory(), group(), first=first, last=last)

    assert refused.value.code == "invalid"


def test_more_are_not_asked_than_there_are_seats():
    lantern = group()
    for _ in range(3):
        lead(PersonFactory(), lantern, ends_on=TODAY + 60 * DAY)

    with pytest.raises(Refused) as refused:
        ask(PersonFactory(), lantern)
    assert refused.value.code == "no_free_seat"
    assert ask(PersonFactory(), lantern, first=61).state == "offered"


def test_two_are_asked_for_one_seat_and_the_first_yes_counts():
    lantern, ben, cleo = group(), PersonFactory(), PersonFactory()
    for _ in range(2):
        lead(PersonFactory(), lantern)
    first, second = ask(ben, lantern), ask(cleo, lantern)

    answer_offer(first, accept=True, by=ben)
    with pytest.raises(Refused) as refused:
        answer_offer(second, accept=True, by=cleo)

    assert refused.value.code == "no_free_seat"
    assert Participation.objects.filter(role__power=Power.MANAGE, ended_at=None).count() == 3


def test_nobody_is_asked_twice_at_once():
    lantern, ben = group(), PersonFactory()
    ask(ben, lantern)

    with pytest.raises(Refused) as refused:
        ask(ben, lantern)

    assert refused.value.code == "asked_already"


def test_term_that_begins_later_begins_on_its_day():
    lantern, ben = group(), PersonFactory()
    answer_offer(ask(ben, lantern, first=10), accept=True, by=ben)

    keep_terms(on=TODAY + 9 * DAY)
    assert not leads(ben, lantern)
    keep_terms(on=TODAY + 10 * DAY)
    keep_terms(on=TODAY + 10 * DAY)
    assert leads(ben, lantern)
    assert told(lantern).count("groups.role_taken") == 1


def test_term_for_which_there_is_no_seat_any_more_keeps_no_other_from_beginning():
    """The charter dropped the role, and the one that leads now is full: that term waits, and the rest goes on."""
    lantern, commons, ben, ada = group(), group("Commons"), PersonFactory(), PersonFactory()
    for person, of in ((ben, lantern), (ada, commons)):
        answer_offer(ask(person, of, first=10), accept=True, by=person)
    lantern.roles.filter(power=Power.MANAGE).update(retired_at=timezone.now())
    Role.objects.create(group=lantern, position=9, name="Chairs", power=Power.MANAGE, seats=1)
    eve = give_role(PersonFactory(), lantern, lantern.roles.get(name="Chairs"), by=system())

    keep_terms(on=TODAY + 10 * DAY)
    assert (leads(ben, lantern), leads(ada, commons)) == (False, True)
    end_participation(eve, by=system())
    keep_terms(on=TODAY + 11 * DAY)

    assert present_of(ben, lantern).role.name == "Chairs"


def test_term_ends_after_its_last_day_and_is_told():
    lantern, ben = group(), PersonFactory()
    lead(ben, lantern, ends_on=TODAY + 40 * DAY)

    keep_terms(on=TODAY + 40 * DAY)
    assert leads(ben, lantern)
    keep_terms(on=TODAY + 41 * DAY)
    keep_terms(on=TODAY + 41 * DAY)

    assert not leads(ben, lantern)
    assert ManagerAppointment.objects.get().state == AppointmentState.ENDED
    assert notices(ben)[-1] == "groups.lead_has_ended"
    assert told(lantern)[-2:] == ["groups.role_left", "groups.lead_ended"]


def test_end_is_told_a_month_and_a_week_before_once_each():
    above, lantern = group("Council", text="# Council\n"), group()
    Group.objects.filter(pk=lantern.pk).update(parent=above)
    eve, ben = PersonFactory(), PersonFactory(name="Ben")
    join(eve, above, Power.MANAGE)
    lead(ben, lantern, ends_on=TODAY + 40 * DAY)

    for day in range(41):
        keep_terms(on=TODAY + day * DAY)

    assert [one.subject for one in Telling.objects.filter(person=ben).order_by("pk")] == [
        "Your term in Lantern Working Group ends within 30 days",
        "Your term in Lantern Working Group ends within 7 days",
    ]
    assert [one.subject for one in Telling.objects.filter(person=eve).order_by("pk")] == [
        "The term of Ben in Lantern Working Group ends within 30 days",
        "The term of Ben in Lantern Working Group ends within 7 days",
    ]


def test_next_term_takes_the_seat_over_without_a_break():
    lantern, ben = group(), PersonFactory()
    first = lead(ben, lantern, ends_on=TODAY + 20 * DAY)
    seat = first.participation
    second = ask(ben, lantern, first=21, last=200)
    answer_offer(second, accept=True, by=ben)

    for day in (10, 20, 21, 22):
        keep_terms(on=TODAY + day * DAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.participation) == ("ended", "accepted", seat)
    assert present_of(ben, lantern) == seat
    assert notices(ben) == ["groups.lead_is_offered"]


def test_successor_begins_as_the_term_before_ends():
    lantern, ben, cleo = group(), PersonFactory(), PersonFactory()
    for _ in range(2):
        lead(PersonFactory(), lantern, ends_on=TODAY + 300 * DAY)
    lead(ben, lantern, ends_on=TODAY + 20 * DAY)
    answer_offer(ask(cleo, lantern, first=21, last=200), accept=True, by=cleo)

    keep_terms(on=TODAY + 21 * DAY)

    assert (leads(ben, lantern), leads(cleo, lantern)) == (False, True)


def test_offer_that_nobody_answered_ends_with_its_term():
    offer = ask(PersonFactory(), group(), last=10)

    keep_terms(on=TODAY + 11 * DAY)

    offer.refresh_from_db()
    assert offer.state == AppointmentState.WITHDRAWN


def test_ending_early_needs_a_reason_and_takes_the_power_at_once():
    lantern, ben = group(), PersonFactory()
    term = lead(ben, lantern)

    with pytest.raises(Refused) as refused:
        end_appointment(term, why=" ", by=system())
    assert refused.value.code == "no_reason"
    assert leads(ben, lantern)
    end_appointment(term, why="They asked for it.", by=system())

    assert not leads(ben, lantern)
    assert "They asked for it." in Telling.objects.get(person=ben).text
    term.refresh_from_db()
    assert (term.state, term.why_ended) == ("ended", "They asked for it.")


def test_offer_is_taken_back_without_a_reason():
    lantern, ben = group(), PersonFactory()
    offer = ask(ben, lantern)

    end_appointment(offer, why="", by=system())

    with pytest.raises(Refused):
        answer_offer(offer, accept=True, by=ben)
    assert Entry.objects.order_by("-pk").first().payload["state"] == "withdrawn"


def test_public_name_is_for_the_person_alone_to_choose():
    lantern, ben = group(), PersonFactory()
    term = lead(ben, lantern, public=True)

    with pytest.raises(Refused):
        choose_public_name(term, names_publicly=True, by=PersonFactory(is_steward=True))
    choose_public_name(term, names_publicly=False, by=ben)
    choose_public_name(term, names_publicly=False, by=ben)

    term.refresh_from_db()
    assert not term.names_publicly
    assert told(lantern).count("groups.public_name_chosen") == 1


def test_commitment_comes_from_the_charter_or_is_what_is_usual():
    said = CHARTER.replace("set the agenda.", "set the agenda. Four hours a week, for a year.", 1)
    assert "Four hours" in said

    stated = lead_terms(charter_in_force(group("Said", text=said)))
    usual = lead_terms(charter_in_force(group("Usual", text=CHARTER)))

    assert (stated.hours_a_week, stated.months, stated.hours_stated, stated.months_stated) == (4, 12, True, True)
    assert (usual.hours_a_week, usual.months, usual.hours_stated, usual.months_stated) == (2, 6, False, False)


def test_schedule_keeps_terms_and_forgets_lists(today, settle):
    lantern, ben = group(), PersonFactory()
    lead(ben, lantern, ends_on=TODAY)
    RosterDraft.objects.create(group=lantern, by=ben, source=b"")
    today.shift(dt.timedelta(days=2))

    keep_terms_of_managers.enqueue()
    forget_rosters.enqueue()
    settle()

    assert not leads(ben, lantern)
    assert not RosterDraft.objects.exists()
