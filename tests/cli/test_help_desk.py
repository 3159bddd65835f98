"""`folkmoot help-desk`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.connections.actions.helping import Question, ask_for_help, say
from folkmoot.connections.models.helping import Urgency
from folkmoot.groups.models import Power
from tests.factories.connections.helping import desk
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_what_waits_is_listed_by_the_time_that_is_left_and_nothing_private_is_written_out(freeze):
    freeze("2026-11-25T12:00Z")
    organisation()
    here, asker = group(), PersonFactory()
    ada = join(PersonFactory(), here, Power.MANAGE)
    one, of_all = desk(here, ada), desk(None, ada)
    assert (run("help-desk", "due").exit_code, run("help-desk", "due", "--json").stdout.strip()) == (3, "[]")
    slow = ask_for_help(one, Question("Slow", urgency=Urgency.LOW), by=asker)
    soon = ask_for_help(of_all, Question("Secret", urgency=Urgency.CRITICAL, is_private=True), by=asker)
    say(ask_for_help(one, Question("Answered"), by=asker), "So", by=ada)
    freeze("2026-11-25T18:00Z")

    found = json.loads(run("help-desk", "due", "--json").stdout)

    assert [(row["request"], row["title"], row["minutes_left"], row["state"]) for row in found] == [
        (soon.pk, "(private)", -120, "late by 2 hours"),
        (slow.pk, "Slow", (7 * 24 - 6) * 60, "6 days 18 hours left"),
    ]
    assert [row["request"] for row in json.loads(run("help-desk", "due", "--group", here.slug, "--json").stdout)] == [
        slow.pk
    ]
    assert "Secret" not in run("help-desk", "due").output
