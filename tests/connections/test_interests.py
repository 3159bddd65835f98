"""What people say of their interests, and whom they do not want to be brought together with."""

from __future__ import annotations

import pytest

from folkmoot.connections.actions.interests import forget_apart, keep_apart, say_interests
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.queries.interests import apart_from, interests_of, kept_apart
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.people.actions import erase_person, merge_people
from folkmoot.people.person_data import PERSON_DATA
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_interests_are_said_anew_as_a_whole_and_compared_without_regard_to_case(django_assert_num_queries):
    ada, ben = PersonFactory(), PersonFactory()
    say_interests(ada, InterestSort.CARES, ["Old"])

    say_interests(ada, InterestSort.CARES, ["  Screen   readers", "screen READERS", "", "Podcasts"])
    say_interests(ada, InterestSort.LEARNS, ["Podcasts"])

    with django_assert_num_queries(1):
        found = interests_of([ada.pk, ben.pk])
    assert found[ada.pk].cares == {"screen readers": "Screen readers", "podcasts": "Podcasts"}
    assert found[ada.pk].of("learns") == {"podcasts": "Podcasts"}
    assert found[ben.pk].of("helps") == {}


@pytest.mark.parametrize(
    ("words", "code"), [([f"s{n}" for n in range(13)], "too_many"), (["x" * 61], "too_long"), (["ß" * 40], "too_long")]
)
def test_too_much_is_refused_and_what_was_said_stays(words, code):
    ada = PersonFactory()
    say_interests(ada, InterestSort.HELPS, ["Budgets"])

    with pytest.raises(Refused) as refused:
        say_interests(ada, InterestSort.HELPS, words)

    assert refused.value.code == code
    assert list(interests_of([ada.pk])[ada.pk].helps) == ["budgets"]


def test_wish_to_stay_apart_holds_both_ways_and_is_taken_back_by_whoever_had_it():
    ada, ben, eve = PersonFactory(), PersonFactory(), PersonFactory()
    for _again in range(2):
        keep_apart(ada, ben)
    keep_apart(ben, ada)

    assert kept_apart([ada.pk, ben.pk, eve.pk]) == {frozenset((ada.pk, ben.pk))}
    assert (apart_from(ben.pk), apart_from(eve.pk)) == ({ada.pk}, set())

    forget_apart(ada, ben)

    assert apart_from(ada.pk) == {ben.pk}
    with pytest.raises(Refused, match="That is you"):
        keep_apart(ada, ada)


def test_other_one_never_learns_of_it_and_it_follows_a_merge_and_goes_with_either():
    organisation()
    ada, ben, double, eve = (PersonFactory(name=name) for name in ("Ada", "Ben", "B.", "Eve"))
    keep_apart(ada, double)
    keep_apart(ben, eve)
    keep_apart(ben, double)

    merge_people(ben, double, by=machine())

    told = [row for data in PERSON_DATA for row in data.export(ben)]
    assert [row["person"] for row in told if "asked_at" in row] == ["Eve", "B."]
    assert not [row for row in told if "Ada" in str(row)]
    assert ada.pk in apart_from(ben.pk)
    erase_person(ada, by=machine())
    assert list(NotWith.objects.values_list("asked_by", flat=True)) == [ben.pk, ben.pk]
