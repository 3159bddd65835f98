from __future__ import annotations

import pytest

from folkmoot.groups.sample import MANAGERS, OBSERVERS, PARTICIPANTS
from folkmoot.ledger.actors import system
from folkmoot.people.models import Affiliation, Person, Profile, Seen
from folkmoot.people.sample import PEOPLE, PROFILES, add_people
from folkmoot.people.shown import profile_for


@pytest.mark.django_db
def test_sixty_people_live_all_round_the_clock_and_tell_more_or_less_of_themselves():
    people = add_people(by=system())

    assert len(people) == Person.objects.exclude(held_sign_up__outcome="").count() == 60
    assert len({person.zone for person in people.values()}) >= 15
    assert len({person.name_key for person in people.values()}) == 60
    assert Profile.objects.count() >= 25
    assert Affiliation.objects.exists()
    levels = {level for profile in Profile.objects.all() for level in profile.seen.values()}
    assert levels == set(Seen.values) - {Seen.ME}
    public = [short for short, person in people.items() if profile_for(person, None)]
    assert 0 < len(public) < len(PROFILES)


def test_people_of_the_sample_groups_are_there():
    known = {short for short, _name, _zone in PEOPLE}

    for of in (MANAGERS, PARTICIPANTS, OBSERVERS):
        assert {short for names in of.values() for short in names} <= known
    assert set(PROFILES) <= known
