"""`folkmoot election-roll`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.governance.models.elections import ElectionState
from folkmoot.groups.models import Power
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, ["election-roll", *words])


def test_roll_is_told_before_and_after_it_is_frozen_and_of_one_person_why():
    organisation()
    here = group()
    ada = join(PersonFactory(name="Ada \x1b[31m", email="ada@example.org"), here)
    wim = join(PersonFactory(name="Wim", email="wim@example.org"), here, Power.OBSERVE)
    coming = made_election(here).election
    frozen = made_election(here, ElectionState.OPEN, voters=[wim]).election
    none = made_election(group("Other"), officers=0).election

    before, after = run(here.slug, coming.key, "--json"), run(here.slug, frozen.key)
    one = json.loads(run(here.slug, coming.key, "--person", "wim@example.org", "--json").stdout)
    words = run(here.slug, coming.key, "--person", "wim@example.org")

    assert json.loads(before.stdout) == [{"person": ada.pk, "name": ada.name, "by_exception": False}]
    assert (after.exit_code, "Wim" in after.stdout, "\x1b" in run(here.slug, coming.key).stdout) == (0, True, False)
    assert (one["may_vote"], [finding["holds"] for finding in one["findings"]]) == (False, [True, False])
    assert "no   Does more than observe. Is in the group as: Observers." in words.stdout
    assert [
        run(here.slug, "nothing").exit_code,
        run(none.group.slug, none.key).exit_code,
        run(here.slug, coming.key, "--person", "nobody@example.org").exit_code,
    ] == [3, 3, 3]
