"""Who may follow a call, asked one by one and for many at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Participation, Power
from folkmoot.live.rules import may_follow_call, people_of_call
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.people import PersonFactory
from tests.live.world import participant, running_call, system

pytestmark = pytest.mark.django_db


def test_those_of_the_call_and_stewards_follow_it(django_assert_num_queries) -> None:
    call = running_call()
    observer = join(PersonFactory(), call.group, Power.OBSERVE)
    manager = join(PersonFactory(), call.group, Power.MANAGE)
    left = participant(call)
    end_participation(Participation.objects.get(person=left), by=system(), at=timezone.now())
    held = participant(call, is_active=False)
    steward, resting = PersonFactory(is_steward=True), PersonFactory(is_steward=True)
    resting.holds_back = True
    people: dict[str, Person] = {
        "participant": participant(call),
        "observer": observer,
        "manager": manager,
        "somebody else": PersonFactory(),
        "who left": left,
        "who is held": held,
        "steward": steward,
        "steward at rest": resting,
    }
    keys = [person.pk for person in people.values()]

    with django_assert_num_queries(3):  # groups that join, roles, seats
        of_call = people_of_call(call, among=keys)
    alone = {who: bool(may_follow_call(person, call)) for who, person in people.items()}
    together = {who: bool(may_follow_call(person, call, of_call=of_call)) for who, person in people.items()}

    assert {who for who, allowed in alone.items() if allowed} == {"participant", "observer", "manager", "steward"}
    assert together == alone
    assert may_follow_call(AnonymousUser(), call).reason == (
        "While it runs, a call is followed by those who take part in Lantern Working Group."
    )
