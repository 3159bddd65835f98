"""Where joining, seats, handovers and amendments meet: what people hold, terms of those who lead, closed groups."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from folkmoot.groups.actions import adopt_amendment, give_role, propose_amendment, start_amendment
from folkmoot.groups.actions.handover import answer_lines
from folkmoot.groups.actions.invitations import make_invitation_link
from folkmoot.groups.actions.joining import change_role, join_group, leave_group, remove_from_group
from folkmoot.groups.actions.managers import end_appointment, keep_terms, offer_lead
from folkmoot.groups.actions.roster import keep_roster
from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.joining import entrance_of, present_of
from folkmoot.groups.models import AppointmentState, Group, ManagerAppointment, Power, UnownedHolding
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.amendments import AMENDED
from tests.factories.groups import group, join, role
from tests.factories.handovers import offered, signed
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LEAVE = "/groups/lantern-working-group/leave/"
TODAY = dt.date(2026, 3, 2)
LAST = dt.date(2026, 8, 31)


@pytest.fixture
def lantern(freeze) -> Group:
    freeze("2026-03-02T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ben(lantern) -> Person:
    return join(PersonFactory(name="Ben"), lantern)


def refusal(act, *args, **given) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return refused.value.code


def waiting(of: Group) -> list[str]:
    return [one.words for one in UnownedHolding.objects.filter(group=of)]


def observers(of: Group) -> str:
    return next(one.key for one in entrance_of(of).roles if one.power == Power.OBSERVE)


def appointed(person: Person, of: Group) -> ManagerAppointment:
    join(person, of, Power.MANAGE)
    return ManagerAppointment.objects.create(
        person=person,
        group=of,
        role=of.roles.get(power=Power.MANAGE),
        participation=present_of(person, of),
        starts_on=TODAY,
        ends_on=LAST,
        hours_a_week=3,
        state=AppointmentState.ACCEPTED,
        offered_at=present_of(person, of).began_at,
    )


def test_nobody_goes_or_steps_back_with_what_they_hold(lantern, ben, things):
    things.owner = {"lamp": ben}
    here = present_of(ben, lantern)

    assert refusal(leave_group, lantern, by=ben) == "still_holds"
    assert refusal(change_role, lantern, observers(lantern), by=ben) == "still_holds"
    assert refusal(remove_from_group, here, why="Away.", by=system()) == "still_holds"
    assert refusal(leave_group, lantern, by=ben, force=True) == "forbidden"
    assert (present_of(ben, lantern), waiting(lantern)) == (here, [])

    remove_from_group(here, why="Away.", by=system(), force=True)

    assert (present_of(ben, lantern), waiting(lantern)) == (None, ["the lamp"])


def test_leave_page_says_why_not_and_leads_to_the_handover(client, lantern, ben, things):
    things.owner = {"lamp": ben}
    client.force_login(ben)

    page = client.post("/groups/lantern-working-group/leave/")

    assert page.status_code == 409
    assert 'href="/groups/lantern-working-group/handover/"' in page.content.decode()
    things.owner = {}
    assert client.post("/groups/lantern-working-group/leave/").status_code == 302
    assert present_of(ben, lantern) is None


def test_whoever_oversees_the_group_may_leave_things_to_it(client, lantern, things):
    wren = join(PersonFactory(is_steward=True), lantern, Power.MANAGE)
    things.owner = {"lamp": wren}
    client.force_login(wren)

    assert 'name="force"' not in client.get(LEAVE).content.decode()
    refused = client.post(LEAVE)
    assert (refused.status_code, 'name="force"' in refused.content.decode()) == (409, True)
    left = client.post(LEAVE, {"force": "on"}, follow=True)

    assert (present_of(wren, lantern), waiting(lantern)) == (None, ["the lamp"])
    assert "Undo" not in left.content.decode()


def test_whoever_does_not_is_not_offered_it_and_cannot_take_it(client, lantern, ben, things):
    things.owner = {"lamp": ben}
    client.force_login(ben)

    refused = client.post(LEAVE, {"force": "on"})

    assert (refused.status_code, 'name="force"' in refused.content.decode()) == (409, False)
    assert present_of(ben, lantern) is not None


def test_stepping_back_with_things_leads_to_the_handover(client, lantern, ben, things):
    things.owner = {"lamp": ben}
    client.force_login(ben)
    step_back = {"role": observers(lantern)}

    answer = client.post("/groups/lantern-working-group/role/", step_back, follow=True)

    assert answer.redirect_chain == [("/groups/lantern-working-group/handover/", 302)]
    assert "Ben still holds something here: the lamp." in answer.content.decode()
    assert present_of(ben, lantern).role.power == Power.TAKE_PART
    things.owner = {}
    client.post("/groups/lantern-working-group/role/", step_back)
    assert present_of(ben, lantern).role.power == Power.OBSERVE


@pytest.mark.parametrize("oversees", [True, False])
def test_box_to_leave_things_is_for_whoever_oversees_the_group(client, lantern, ben, things, oversees):
    things.owner = {"lamp": ben}
    client.force_login(PersonFactory(is_steward=True) if oversees else join(PersonFactory(), lantern, Power.MANAGE))
    path = f"/groups/lantern-working-group/people/{present_of(ben, lantern).pk}/"

    assert ('name="force"' in client.get(path).content.decode()) is oversees
    answer = client.post(path, {"why": "Moved away.", "force": "on"})

    assert answer.status_code == (302 if oversees else 400)
    assert (present_of(ben, lantern) is None) is oversees
    if not oversees:
        assert "Moved away." in answer.content.decode()
        assert "Ben still holds something here" in answer.content.decode()


def test_term_is_ended_with_what_is_held_left_to_the_group(client, lantern, things):
    ada = PersonFactory(name="Ada")
    term = appointed(ada, lantern)
    things.owner = {"lamp": ada}
    client.force_login(PersonFactory(is_steward=True))
    path = reverse("end_appointment", args=[term.pk])

    assert client.post(path, {"why": "Enough."}).status_code == 400
    assert client.post(path, {"why": "Enough.", "force": "on"}).status_code == 302

    assert (present_of(ada, lantern), waiting(lantern)) == (None, ["the lamp"])


def test_term_ended_early_waits_for_a_handover_and_one_that_is_over_does_not(lantern, things):
    ada = PersonFactory(name="Ada")
    term = appointed(ada, lantern)
    things.owner = {"lamp": ada}

    assert refusal(end_appointment, term, why="Enough.", by=system()) == "still_holds"
    keep_terms(on=LAST + dt.timedelta(days=1))

    term.refresh_from_db()
    assert (term.state, present_of(ada, lantern), waiting(lantern)) == (AppointmentState.ENDED, None, ["the lamp"])


@pytest.mark.parametrize("public", [True, False])
def test_handed_over_role_is_a_term_up_to_the_leavers_day(lantern, ben, public):
    ada = PersonFactory(name="Ada")
    before = appointed(ada, lantern)
    handover = offered(lantern, ada, ben)

    answers = {line.pk: (True, "") for line in handover.lines.all()}
    answer_lines(handover, answers, names_publicly=public, by=ben)
    signed(handover, ada, ben)

    before.refresh_from_db()
    after = ManagerAppointment.objects.get(person=ben)
    assert before.state == AppointmentState.ENDED
    assert (after.state, after.starts_on, after.ends_on, after.hours_a_week, after.names_publicly) == (
        AppointmentState.ACCEPTED, TODAY, LAST, 3, public,
    )  # fmt: skip
    assert after.participation == present_of(ben, lantern)
    assert after.participation.role.power == Power.MANAGE


def test_role_that_the_charter_names_no_more_is_offered_to_nobody(lantern):
    gone = role(lantern, Power.OBSERVE)
    key = observers(lantern)
    gone.retired_at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    gone.save()

    assert key not in [one.key for one in entrance_of(lantern).roles]
    assert refusal(give_role, PersonFactory(), lantern, gone, by=system()) == "invalid"


def test_closed_group_takes_nobody_in_and_keeps_its_charter(lantern, ben):
    ada = PersonFactory(name="Ada")
    draft = start_amendment(lantern, text=AMENDED, by=ben, why="Mornings are hard.")
    proposed = propose_amendment(start_amendment(lantern, text=AMENDED, by=ben, why="Again."), by=ben)
    key, takes_part = observers(lantern), role(lantern, Power.TAKE_PART)
    close_group(lantern, why="Done.", by=system())
    lantern.refresh_from_db()

    refused = [
        refusal(join_group, lantern, key, answers={}, agreed_to=(), by=PersonFactory()),
        refusal(give_role, ada, lantern, takes_part, by=system()),
        refusal(make_invitation_link, lantern, takes_part, by=system()),
        refusal(keep_roster, lantern, "people.csv", b"E-mail\nada@example.org\n", by=system()),
        refusal(offer_lead, ben, lantern, starts_on=TODAY, ends_on=LAST, hours_a_week=2, by=system()),
        refusal(start_amendment, lantern, text=AMENDED, by=system(), why="No."),
        refusal(propose_amendment, draft, by=ben),
        refusal(adopt_amendment, proposed, by=system(), reason="Yes."),
    ]

    assert refused == ["forbidden"] * 8


@pytest.mark.parametrize("public", [True, False])
def test_strangers_read_on_the_seats_page_who_leads_only_by_consent(client, lantern, ben, public):
    term = appointed(PersonFactory(name="Adaeze Lampion"), lantern)
    ManagerAppointment.objects.filter(pk=term.pk).update(names_publicly=public)

    strangers = client.get("/groups/lantern-working-group/seats/").content.decode()
    client.force_login(ben)
    signed_in = client.get("/groups/lantern-working-group/seats/").content.decode()

    assert ("Adaeze Lampion" in strangers, "Adaeze Lampion" in signed_in) == (public, True)
    assert "from 2 March 2026 to 31 August 2026" in signed_in
