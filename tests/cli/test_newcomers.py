"""`folkmoot newcomers`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from folkmoot.cli import entrance
from folkmoot.connections.actions.newcomers import say_hello
from tests.factories.connections.newcomers import came, on_rota
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_who_waits_is_listed_for_people_and_programs(freeze):
    freeze("2026-11-26T12:00Z")
    organisation()
    lantern = group()
    (rosa,) = on_rota(lantern, "Rosa")
    newcomer = came(PersonFactory(name="Pim \x1b[31m"), lantern)

    def run(*words: str):
        return CliRunner().invoke(entrance, ["newcomers", "list", *words])

    plain, as_json = run(lantern.slug), run(lantern.slug, "--json")
    say_hello(newcomer, by=rosa)
    greeted, everybody = run(lantern.slug), json.loads(run(lantern.slug, "--all", "--json").stdout)

    assert (plain.exit_code, "\x1b" in plain.stdout, "Rosa" in plain.stdout) == (0, False, True)
    expected = {"name": newcomer.person.name, "came": "2026-11-26", "buddy": "Rosa", "state": "running"}
    assert json.loads(as_json.stdout) == [{**expected, "waiting_days": 0}]
    assert (greeted.exit_code, greeted.stdout) == (3, "")
    assert everybody == [{**expected, "waiting_days": None}]
    assert run("nowhere").exit_code == 3
