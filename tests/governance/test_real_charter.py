"""An election in a group of the charter that the product was first built for: begun by page, judged by its roles."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.rolls import roll_now
from folkmoot.groups.models import Power
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.governance.test_plan_pages import ANSWERS, text_of

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "charters" / "community-engagement.md"
CHARTERS = [
    "",
    pytest.param(
        "real",
        marks=pytest.mark.skipif(not REAL.exists(), reason="the charter it is built for is not in this checkout"),
    ),
]


@pytest.mark.parametrize("charter", CHARTERS)
def test_observers_of_a_charter_that_is_silent_on_votes_are_told_that_they_have_none(client, freeze, charter) -> None:
    freeze("2027-07-01T12:00Z")
    organisation()
    of = group(text=REAL.read_text(encoding="utf-8")) if charter else group()
    names = {Power.MANAGE: "Mo", Power.TAKE_PART: "Pat", Power.OBSERVE: "Oli"}
    people = {name: join(PersonFactory(name=name), of, power) for power, name in names.items()}
    client.force_login(people["Mo"])
    address = f"/groups/{of.slug}/elections/begin/"
    answers = {**ANSWERS, "places": "2"}

    shown = client.post(address, answers)
    kept = client.post(address, {**answers, "keep": shown.context["mark"]})
    client.post(f"{kept['Location']}announce/")
    client.force_login(people["Oli"])
    election = Election.objects.get()
    page = text_of(client.get(kept["Location"]))
    own = text_of(client.get(f"{kept['Location']}roll/me/"))

    roll = roll_now(election, timezone.now())
    assert [one.person.name for one in roll.voters] == ["Mo", "Pat"]
    assert [one.person.name for one in roll.left_out] == ["Oli"]
    assert "Does more than observe." in page
    assert "observe" in own
