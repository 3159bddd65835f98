from __future__ import annotations

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import erase_person, state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.export import kept_about
from folkmoot.people.models import ComfortableHours
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

EARLY = StatedHours((time(6), time(15)), off=(time(10), time(12)), days_off=(6, 4, 4))


@pytest.fixture
def ada(client):
    ada = PersonFactory(zone="Europe/Berlin")
    client.force_login(ada)
    return ada


def told(person):
    return list(Entry.objects.filter(about=person, kind="people.comfortable_hours_stated"))


def test_hours_are_kept_and_the_ledger_learns_that_they_changed_but_not_what_they_are(ada):
    state_comfortable_hours(ada, EARLY, by=ada)
    state_comfortable_hours(ada, EARLY, by=ada)

    kept = ComfortableHours.objects.get(person=ada)
    assert (kept.working_from, kept.working_until, kept.off_from, kept.off_until) == (
        time(6),
        time(15),
        time(10),
        time(12),
    )
    assert kept.days_off == [4, 6]
    (entry,) = told(ada)
    assert (entry.payload, hasattr(entry, "detail")) == ({}, False)


def test_usual_hours_are_the_absence_of_stated_ones(ada):
    state_comfortable_hours(ada, None, by=ada)
    state_comfortable_hours(ada, EARLY, by=ada)
    state_comfortable_hours(ada, None, by=ada)

    assert not ComfortableHours.objects.exists()
    assert len(told(ada)) == 2


def test_only_oneself_states_them_and_only_hours_that_have_a_length(ada):
    ben = PersonFactory()

    for stated, by, code in (
        (EARLY, ben, "forbidden"),
        (EARLY, PersonFactory(is_steward=True), "forbidden"),
        (StatedHours((time(8), time(8))), ada, "invalid"),
        (StatedHours((time(8), time(9)), off=(time(8), time(8))), ada, "invalid"),
        (StatedHours((time(8), time(9)), days_off=(7,)), ada, "invalid"),
    ):
        with pytest.raises(Refused) as refused:
            state_comfortable_hours(ada, stated, by=by)
        assert refused.value.code == code
    assert not ComfortableHours.objects.exists()


def test_database_keeps_no_half_hours(ada):
    for values in ({"off_from": time(8)}, {"working_until": time(8)}, {"off_from": time(8), "off_until": time(8)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ComfortableHours.objects.create(person=ada, **values)


def test_hours_are_handed_out_to_their_person_and_go_when_they_are_erased(ada):
    state_comfortable_hours(ada, EARLY, by=ada)

    (section,) = [section for section in kept_about(ada) if section.name == "people.hours"]
    erase_person(ada, by=ada)

    assert section.rows[0]["working days"] == "06:00 to 15:00"
    assert not ComfortableHours.objects.exists()


def test_page_begins_with_the_usual_hours_and_keeps_what_is_filled_in(ada, client):
    page = client.get("/me/hours/").text
    given = {"working_from": "07:00", "working_until": "16:30", "days_off": ["5", "6"], "off_from": "", "off_until": ""}

    kept = client.post("/me/hours/", given)

    assert 'value="08:00"' in page
    assert "Berlin" in page
    assert "Use the usual hours" not in page
    assert (kept.status_code, kept.url) == (302, "/me/hours/")
    assert ComfortableHours.objects.get(person=ada).working_until == time(16, 30)
    assert "Use the usual hours" in client.get("/me/hours/").text


def test_page_goes_back_to_the_usual_hours(ada, client):
    state_comfortable_hours(ada, EARLY, by=ada)

    client.post("/me/hours/", {"usual": "1"})

    assert not ComfortableHours.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"off_from": "10:00"}, "Please fill in both, or neither."),
        ({"working_until": "07:00"}, "Hours end at another time than they begin."),
        ({"off_from": "10:00", "off_until": "10:00"}, "Hours end at another time than they begin."),
        ({"working_from": "soon"}, "Enter a valid time."),
        ({"days_off": ["9"]}, "Select a valid choice. 9 is not one of the available choices."),
    ],
)
def test_page_says_what_is_wrong_and_keeps_what_was_typed(ada, client, change, said):
    given = {"working_from": "07:00", "working_until": "16:30", "days_off": ["5"], "off_from": "", "off_until": ""}

    answer = client.post("/me/hours/", given | change)

    assert answer.status_code == 400
    assert said in answer.text
    assert not ComfortableHours.objects.exists()
