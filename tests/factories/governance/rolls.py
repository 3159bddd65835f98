"""One of everything that this part of elections has an address for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from folkmoot.governance.models.rolls import ElectionCriterion, Whom
from folkmoot.governance.models.rolls_exceptions import Proxy, RollException
from folkmoot.governance.roll_criteria import PROXIES
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.governance.elections import made_election


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    rolled = made_election(group, officers=[people["manager"]], of=people, key="rolled")
    election, now = rolled.election, timezone.now()
    criterion = ElectionCriterion.objects.create(
        election=election,
        whom=Whom.VOTERS,
        name="not_observer",
        given={"clause": {"text": "Observers do not vote.", "number": "2.3", "anchor": "roles"}},
        position=0,
    )
    ElectionCriterion.objects.create(election=election, whom=Whom.VOTERS, name=PROXIES, given={"most": 2}, position=1)
    ElectionCriterion.objects.create(
        election=election, whom=Whom.CANDIDATES, name="office", given={"holds": "no"}, position=0
    )
    exception = RollException.objects.create(
        election=election, person=people["observer"], reason="I keep the library.", asked_at=now
    )
    proxy = Proxy.objects.create(
        election=election, giver=people["participant"], holder=people["manager"], offered_at=now
    )
    return {"rolled": rolled, "criterion": criterion, "exception": exception, "proxy": proxy}
