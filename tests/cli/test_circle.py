"""`folkmoot circle`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.connections.actions.spaces_hosting import close_circle
from folkmoot.ledger.actors import system
from tests.factories.connections.spaces import circle
from tests.factories.groups import join
from tests.factories.meetings import charter_adopted
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_circles_are_listed_without_their_way_in(freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    group = charter_adopted()
    ben = join(PersonFactory(name="Ben"), group)
    assert run("circle", "list").exit_code == 3
    made = circle(ben, group, PersonFactory(), name="Lamps \x1b[31m")
    closed = circle(ben, None, every=None)
    close_circle(closed, "Well.", by=system())

    (row,) = json.loads(run("circle", "list", "--json").stdout)
    assert {name: row[name] for name in ("circle", "host", "people", "rhythm", "state", "ends_on")} == {
        "circle": made.pk,
        "host": "Ben",
        "people": 2,
        "rhythm": "every second Tuesday",
        "state": "open",
        "ends_on": "2027-02-01",
    }
    everything = run("circle", "list", "--all")
    assert ("\x1b" in everything.stdout, "meet.example.org" in everything.stdout) == (False, False)
    assert len(everything.stdout.splitlines()) == 3
    assert run("circle", "list", "--group", group.slug, "--all").stdout.count("Lamps") == 1
    assert run("circle", "list", "--group", "nowhere").exit_code == 3
