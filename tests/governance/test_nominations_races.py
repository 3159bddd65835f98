"""Two nominate the same person at once; with its control."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError

from folkmoot.governance.actions import nominations
from folkmoot.governance.actions.nominations import nominate
from folkmoot.governance.models.nominations import Nomination, Nominator
from folkmoot.notices.models import Telling
from tests.calendar.test_races import RUNNERS, race
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_person_whom_several_nominate_at_once_is_nominated_once_by_all_of_them(monkeypatch):
    organisation()
    lantern = group()
    contest = made_election(lantern, candidates=0, voters=0).contest
    cleo, other = (join(PersonFactory(name=name), lantern) for name in ("Cleo", "Other"))
    people = [join(PersonFactory(), lantern) for _n in range(RUNNERS)]

    assert race(lambda n: nominate(contest, cleo, by=people[n])) == []
    assert Nomination.objects.count() == 1
    assert Nominator.objects.count() == RUNNERS
    assert Telling.objects.filter(person=cleo).count() == RUNNERS

    # The control: who does not hold the election looks before anybody has written, and writes a nomination of their
    # own. The database lets one of them through, and all others are thrown out by an error.
    all_have_looked = threading.Barrier(RUNNERS)

    def look_together(contest, person):
        has_one = Nomination.objects.filter(contest=contest, person=person).exists()
        all_have_looked.wait(timeout=20)
        assert not has_one
        return Nomination.objects.create(contest=contest, person=person), True

    with monkeypatch.context() as patch:
        patch.setattr(nominations, "hold", lambda contest: contest)
        patch.setattr(Nomination.objects, "get_or_create", look_together)
        failed = race(lambda n: nominate.__wrapped__(contest, other, by=people[n]))
    assert [type(error) for error in failed if isinstance(error, IntegrityError)] == [IntegrityError] * (RUNNERS - 1)
