"""`folkmoot rota`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from folkmoot.cli import entrance
from folkmoot.meetings.actions.turns import propose_turns, take_turn
from tests.factories.call_roles import can
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-26T12:00Z")
    organisation()
    return meeting_group()


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_rota_shows_turns_and_who_is_next_with_reasons(lantern):
    ada = join(PersonFactory(name="Ada \x1b[31m"), lantern)
    call = next_meeting(lantern)
    take_turn(call, "moderator", by=ada)
    can(join(PersonFactory(name="Ben"), lantern), lantern, "scribe")
    propose_turns(lantern, now=timezone.now())

    plain = run("rota", "show", "--group", lantern.slug, "--calls", "3")
    as_json = json.loads(run("rota", "show", "--group", lantern.slug, "--calls", "3", "--json").stdout)

    assert (plain.exit_code, "\x1b" in plain.stdout) == (0, False)
    assert [(row["role"], row["state"], row["person"]) for row in as_json][:5] == [
        ("moderator", "taken", "Ada \x1b[31m"),
        ("scribe", "asked", "Ben"),
        ("crier", "open", None),
        ("moderator", "open", None),
        ("scribe", "asked", "Ben"),
    ]
    assert as_json[0] == {
        "call": call.pk, "starts_at": "2026-12-09T16:00:00+00:00", "role": "moderator", "key": "moderator",
        "state": "taken", "person": "Ada \x1b[31m", "reason": None,
    }  # fmt: skip
    assert as_json[7]["state"] == "next"
    assert as_json[7]["reason"] == (
        "scribe before on 23 December, longest ago of those willing; the call is at 16:00 there"
    )


def test_rota_of_what_is_not_there_ends_with_3(lantern, freeze):
    assert run("rota", "show", "--group", "nothing").exit_code == 3
    freeze("2036-11-26T12:00Z")
    gone = run("rota", "show", "--group", lantern.slug)
    assert (gone.exit_code, gone.stderr) == (3, "No call is planned.\n")
