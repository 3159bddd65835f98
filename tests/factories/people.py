from __future__ import annotations

import factory

from folkmoot.people.models import Person


class PersonFactory(factory.django.DjangoModelFactory):
    """A person with an address of their own; what a test depends on is written in the test."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    zone = "Europe/Lisbon"
