"""What notices keeps about people is shown, merged and erased."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.utils import timezone

from folkmoot.notices.actions import set_wishes, stop_topic, tell
from folkmoot.notices.domain.timing import Choice
from folkmoot.notices.models import Address, Arrival, Digest, Letter, ListAddress, Telling
from folkmoot.notices.stopping import DIGEST
from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.people import PersonFactory
from tests.notices.kinds import Moved

pytestmark = pytest.mark.django_db

OURS = ("tellings", "wishes", "hours", "digests", "lists", "mails")


def data(name: str):
    return PERSON_DATA[f"notices.{name}"]


def somebody(**fields) -> Person:
    """Somebody about whom everything is kept."""
    ada = PersonFactory(**fields)
    tell([ada], Moved("Planning"))
    set_wishes(ada, {("calls", "mail"): Choice.NOT})
    stop_topic(ada, DIGEST)
    Digest.objects.create(person=ada, channel="mail", period="2026-W19")
    ListAddress.objects.create(place="group:3", address="l@lists.example.org", added_by=ada)
    Address.objects.create(address=ada.email, paused_at=timezone.now(), problem="5.1.1")
    Arrival.objects.create(digest=ada.email, sender=ada.email, outcome="handled", words="Hello")
    return ada


def test_every_field_of_ours_that_points_at_a_person_is_answered_for():
    pointing = {
        (model, field.name)
        for model in apps.get_app_config("notices").get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Person
    }

    assert {answer for name in OURS for answer in data(name).answers_for} == pointing


def test_everything_is_shown_as_json():
    ada = somebody()

    shown = {name: data(name).export(ada) for name in OURS}

    assert json.loads(json.dumps(shown)) == shown
    assert {name: len(rows) for name, rows in shown.items()} == {
        "tellings": 1,
        "wishes": 1,
        "hours": 1,
        "digests": 1,
        "lists": 1,
        "mails": 2,
    }
    assert shown["tellings"][0]["ways"] == {"app": "sent", "mail": "waiting"}
    assert {name: data(name).export(PersonFactory(email=None)) for name in OURS} == {name: [] for name in OURS}


def test_records_are_merged_and_parted_again():
    kept, gone = PersonFactory(), somebody()

    moved = {name: data(name).merge(kept, gone) for name in OURS}
    with_kept = {name: len(data(name).export(kept)) for name in OURS}
    for name in OURS:
        data(name).part(kept, gone, json.loads(json.dumps(moved[name])))

    assert with_kept == {"tellings": 1, "wishes": 1, "hours": 1, "digests": 1, "lists": 1, "mails": 0}
    assert {name: len(data(name).export(kept)) for name in OURS} == dict.fromkeys(OURS, 0)
    assert len(data("tellings").export(gone)) == 1


def test_nothing_about_somebody_erased_is_left():
    ada, ben = somebody(email="ada@example.org"), PersonFactory(email="ben@example.org")
    tell([ben], Moved("Review"))

    for name in OURS:
        data(name).erase(ada)

    assert not Letter.objects.filter(recipient="ada@example.org").exists()
    assert [telling.person for telling in Telling.objects.all()] == [ben]
    assert not Address.objects.exists()
    assert [(arrival.sender, arrival.words) for arrival in Arrival.objects.all()] == [("", "")]
    assert Letter.objects.filter(recipient="ben@example.org").count() == 1
    assert ListAddress.objects.count() == 1
