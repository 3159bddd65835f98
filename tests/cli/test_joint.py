"""`folkmoot joint`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.models import Group
from folkmoot.meetings.models import JointCall
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db
SLUG = "lantern-working-group"


@pytest.fixture
def lantern(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-26T10:00Z")
    organisation()
    Group.objects.create(slug="oak", name="Oak")
    return meeting_group()


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(entrance, ["joint", *words], input=given)


def test_calls_are_asked_for_answered_listed_and_ended(lantern):
    asking = ("ask", "--group", SLUG, "--with", "oak", "--from", "2026-12-20")
    assert run("list", "--group", SLUG).exit_code == 3
    assert (run(*asking, "--dry-run").exit_code, JointCall.objects.count()) == (0, 0)
    assert run(*asking, given="n\n").exit_code == 1

    number = run(*asking, "--yes").stdout.strip()
    answered = run("answer", number, "--accept", "--yes")
    listed = json.loads(run("list", "--group", "oak", "--json").stdout)
    ended = run("end", number, "--from", "2027-01-10", "--yes")

    assert answered.stdout == "agreed\n"
    assert listed == [
        {
            "number": int(number), "host": SLUG, "group": "oak", "series": 0, "call": None, "from": "2026-12-20",
            "to": None, "state": "agreed",
        }
    ]  # fmt: skip
    assert ended.stdout == "2027-01-09\n"


def test_one_call_is_asked_for_and_what_cannot_be_is_refused(lantern):
    call = str(next_meeting(lantern).pk)
    to_call = ("ask", "--group", SLUG, "--with", "oak", "--call", call)

    assert run(*to_call, "--yes").exit_code == 0
    assert run(*to_call, "--yes").exit_code == 5
    assert run(*to_call, "--from", "2026-12-20", "--yes").exit_code == 2
    assert run("answer", "1", "--yes").exit_code == 2
    assert (run("answer", "999", "--accept").exit_code, run("ask", "--group", SLUG, "--with", "x").exit_code) == (3, 3)
    assert run("ask", "--group", SLUG, "--with", "oak", "--call", "999").exit_code == 3
