"""`folkmoot mentoring`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from tests.factories.connections.mentoring import mentee, mentor, pair, programme
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_programmes_are_listed_and_few_pairs_are_not_counted(freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    assert run("mentoring", "list").exit_code == 3
    lantern = group()
    of = programme("running", lantern, name="Lamps \x1b[31m")
    programme("open")
    pair(mentor(of), mentee(of))

    shown, listed = run("mentoring", "list"), run("mentoring", "list", "--group", lantern.slug, "--json")

    assert shown.exit_code == 0
    assert "fewer than 5" in shown.stdout
    assert "\x1b[31m" not in shown.stdout
    assert json.loads(listed.stdout) == [
        {
            "number": of.pk,
            "name": "Lamps \x1b[31m",
            "group": lantern.slug,
            "state": "running",
            "applications": "2026-10-04 to 2026-10-18",
            "term": "2026-10-28 to 2027-05-16",
            "applied": 2,
            "pairs": None,
        }
    ]
    assert run("mentoring", "list", "--group", "nowhere").exit_code == 3
