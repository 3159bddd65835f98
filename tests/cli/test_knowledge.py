"""`folkmoot knowledge`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from folkmoot.cli import entrance
from tests.factories.connections.knowledge import article
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    return CliRunner().invoke(entrance, ["knowledge", "list", *words]).stdout


def test_list_is_json_for_programs_and_lines_in_a_pipe(freeze):
    freeze("2025-01-10T12:00:00Z")
    organisation()
    lantern = group()
    old = article(lantern, title="Old \x1b[2J lamps")
    freeze("2026-01-10T12:00:00Z")
    article(title="New lamps")

    rows = json.loads(run("--json"))
    stale = json.loads(run("--stale", "--json", "--group", lantern.slug))

    assert [row["title"] for row in rows] == ["New lamps", old.title]
    assert stale == [
        {
            "id": old.pk, "title": old.title, "group": lantern.slug, "seen": "signed_in", "version": 1, "keeper": None,
            "looked_through": "2025-01-10", "stale": True, "outdated_because": None,
        }
    ]  # fmt: skip
    assert run().splitlines()[0].split("\t")[:2] == ["id", "title"]
    assert "\x1b" not in run()
