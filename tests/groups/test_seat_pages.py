"""What the pages of seats show, to whom, and at what price."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.models import Begun, Power, Seat, Term
from folkmoot.ledger.actors import system
from tests.factories.groups import group, join, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2026-03-10T12:00Z")
    organisation()
    return group()


def held(of, title: str, name: str, **given) -> Term:
    seat = add_seat(of, **{"title": title, "term_months": 24, "by": system(), **given})
    return begin_term(seat, PersonFactory(name=name), how=Begun.ELECTED, begins_on=dt.date(2025, 11, 1), by=system())


def test_the_public_reads_names_only_of_public_seats(client, lantern):
    held(lantern, "Chair", "Ada Alder")
    hidden = held(lantern, "Watch", "Ben Brook", is_public=False)
    member = join(PersonFactory(), lantern, Power.OBSERVE)
    paths = (f"/groups/{lantern.slug}/seats/", f"/groups/{lantern.slug}/seats.csv", f"/seats/{hidden.seat_id}/")

    def seen() -> list[tuple[bool, bool]]:
        pages = [client.get(path).content.decode() for path in paths]
        return [("Ada Alder" in page, "Ben Brook" in page) for page in pages]

    as_stranger = seen()
    client.force_login(PersonFactory())
    as_somebody = seen()
    client.force_login(member)

    assert as_stranger == as_somebody == [(True, False), (True, False), (False, False)]
    assert seen() == [(True, True), (True, True), (False, True)]


def test_the_page_shows_free_seats_years_and_that_nobody_leads(client, lantern):
    held(lantern, "Chair", "Ada Alder")
    add_seat(lantern, title="Clerk", by=system())

    page = client.get(f"/groups/{lantern.slug}/seats/").content.decode()

    for words in ("Nobody leads this group", "3 seats are free", "Ada Alder (1 Nov)", "1 November 2027", "2 years"):
        assert words in page


def test_the_table_holds_every_term(client, lantern):
    held(lantern, "=Chair", "Ada Alder")

    rows = list(csv.reader(io.StringIO(client.get(f"/groups/{lantern.slug}/seats.csv").content.decode())))

    assert rows == [
        ["Seat", "Held by", "From", "Until", "How", "Why it ended"],
        ["'=Chair", "Ada Alder", "2025-11-01", "2027-11-01", "elected", ""],
    ]


def test_a_steward_adds_gives_extends_ends_and_retires(client, lantern):
    ada = join(PersonFactory(), lantern)
    client.force_login(PersonFactory(is_steward=True))
    managers = role(lantern, Power.MANAGE)
    seat_form = {"title": "Chair", "filling": "elected", "term_months": "24", "role": managers.pk, "is_public": "on"}

    added = client.post(f"/groups/{lantern.slug}/seats/new/", seat_form)
    seat = Seat.objects.get()
    client.post(f"/seats/{seat.pk}/edit/", {**seat_form, "title": "Head"})
    given = {"person": ada.pk, "how": "elected", "begins_on": "2026-03-10"}
    client.post(f"/seats/{seat.pk}/give/", given)
    refused = client.post(f"/seats/{seat.pk}/give/", {**given, "begins_on": "2027-03-10"})
    term = Term.objects.get()
    client.post(f"/seats/terms/{term.pk}/extend/", {"ends_on": "2028-05-01", "why": "Nobody stood."})
    client.post(f"/seats/terms/{term.pk}/end/", {"because": "removed", "on": "2026-03-10"})
    client.post(f"/seats/{seat.pk}/retire/")

    seat.refresh_from_db()
    term.refresh_from_db()
    assert added["Location"] == f"/seats/{seat.pk}/"
    assert refused.status_code == 400
    assert "holds this seat from" in refused.content.decode()
    assert (seat.title, seat.role, seat.retired_on) == ("Head", managers, dt.date(2026, 3, 10))
    assert (term.person, term.ends_on, term.ended_because) == (ada, dt.date(2028, 5, 1), "removed")


def test_a_holder_is_offered_to_resign_and_nothing_else(client, lantern):
    term = held(lantern, "Chair", "Ada Alder")
    client.force_login(term.person)

    page = client.get(f"/seats/{term.seat_id}/").content.decode()
    form = client.get(f"/seats/terms/{term.pk}/end/").content.decode()

    assert "End the term" in page
    assert "Give it to somebody" not in page
    assert ("resigned" in form, "removed from office" in form) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_seats_cost_the_same_for_any_number_of_them(client, django_assert_num_queries, lantern, count):
    for number in range(count):
        held(lantern, f"Seat {number}", f"Person {number}")
    client.get("/groups/")

    # The ledger's newest number; group, leading roles, who takes part in them, seats, terms with people,
    # and who has served.
    with django_assert_num_queries(7):
        client.get(f"/groups/{lantern.slug}/seats/")
