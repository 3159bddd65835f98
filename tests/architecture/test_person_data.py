"""Whatever points at a person is answered for: shown to them, merged, erased."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from folkmoot.people.models import Person
from folkmoot.people.person_data import PERSON_DATA, corrected_at, seen_by


def fields_to_people() -> list[str]:
    """Every field of every model that points at a person: "groups.Participation.person"."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model is Person:
                found.append(f"{model._meta.label}.{field.name}")
    return sorted(found)


def test_everything_that_points_at_a_person_is_answered_for_once() -> None:
    answered = Counter(f"{model._meta.label}.{field}" for data in PERSON_DATA for model, field in data.answers_for)

    assert [field for field in fields_to_people() if field not in answered] == []
    assert [field for field, times in answered.items() if times > 1] == []
    assert set(answered) <= set(fields_to_people())


def test_some_fields_point_at_people() -> None:
    """The test above proves something only if it sees them."""
    assert {"groups.Participation.person", "ledger.Entry.about", "account.EmailAddress.user"} <= set(fields_to_people())


@pytest.mark.django_db
def test_every_kind_says_what_it_is_who_sees_it_and_where_it_is_corrected() -> None:
    from django.urls import reverse

    for data in PERSON_DATA:
        assert str(data.title)
        assert str(seen_by(data)).endswith(".")
        if corrected_at(data):
            assert reverse(corrected_at(data)).startswith("/")
