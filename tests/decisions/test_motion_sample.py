from __future__ import annotations

import pytest

from folkmoot.decisions.models import Motion, Position
from folkmoot.decisions.motion_sample import vote_on_motions
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

CARE = ("rosa", "ewan", "yuki", "mateo", "salma", "priya", "amos", "jonas", "ravi")
LIBRARY = ("pim", "tuuli", "zoran", "isolde", "kofi", "ines", "farrukh")


@pytest.mark.parametrize("day", ["2026-01-02", "2026-11-26"])
def test_sample_votes_on_any_day(freeze, day):
    freeze(f"{day}T12:00Z")
    organisation()
    care, library = group("Community Care Working Group"), group("Tool Library")
    people = {name: join(PersonFactory(name=name), care) for name in CARE}
    people |= {name: join(PersonFactory(name=name), library) for name in LIBRARY}
    people["adaeze"] = join(PersonFactory(), care, Power.MANAGE)
    people["keoni"] = join(PersonFactory(), care, Power.OBSERVE)

    vote_on_motions([care, library], people, today=today_here(), by=system())

    assert sorted(Motion.objects.values_list("state", "decision__status")) == [
        ("carried", "adopted"),
        ("no_quorum", "open"),
        ("voting", "open"),
    ]
    carried = Motion.objects.get(state="carried")
    assert carried.decision.text.startswith("The first ten minutes")
    assert Position.objects.filter(value="block", stands=False).exclude(cleared_because="").count() == 1
