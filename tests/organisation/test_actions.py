from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.organisation.actions import describe_organisation, found_organisation, set_up
from folkmoot.organisation.models import Organisation
from folkmoot.organisation.queries import the_organisation


@pytest.mark.django_db
def test_found_organisation_makes_the_only_one():
    found_organisation(name="Oak  Commons", zone="US/Pacific", by=system())

    with pytest.raises(Refused) as refused:
        found_organisation(name="Another", by=system())

    assert refused.value.code == "already_set_up"
    assert (Organisation.objects.get().name, Organisation.objects.get().zone) == ("Oak Commons", "America/Los_Angeles")


@pytest.mark.django_db
def test_database_holds_one_organisation():
    found_organisation(name="Oak", by=system())

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(id=2, name="Elm")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "zone"), [("", "UTC"), ("  ", "UTC"), ("x" * 121, "UTC"), ("Oak", "PST"), ("Oak", "Moon/Base")]
)
def test_found_organisation_refuses_what_makes_no_sense(name, zone):
    with pytest.raises(Refused):
        found_organisation(name=name, zone=zone, by=system())

    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_kept_organisation_follows_a_change():
    found_organisation(name="Oak", by=system())
    before = the_organisation().name

    set_up(name="Elm", zone="UTC", by=system())

    assert (before, the_organisation().name) == ("Oak", "Elm")


@pytest.mark.django_db
def test_describing_it_the_same_writes_nothing():
    organisation = found_organisation(name="Oak", by=system())

    describe_organisation(organisation, name="Oak", zone="UTC", by=system())

    assert Entry.objects.filter(kind="organisation.changed").count() == 0
