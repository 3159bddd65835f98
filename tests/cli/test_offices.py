"""`folkmoot group` and `folkmoot seat` in the process of the test: what they print, change and refuse."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot import cli
from folkmoot.cli import answers
from folkmoot.groups.models import Group, GroupProposal, Seat, Term
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def steering(monkeypatch, freeze) -> Group:
    for module in ("group", "seat"):
        monkeypatch.setattr(f"folkmoot.cli.{module}.open_installation", lambda: None)
    freeze("2026-03-10T12:00Z")
    organisation()
    PersonFactory(name="Ada", email="ada@example.org")
    return group("Steering", text="# Steering\n\n## Roles\n\n* **Managers**: Lead.\n")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.entrance, list(words))


def test_groups_are_listed_below_each_other_and_for_programs(steering):
    group("Library", text="# Library\n")

    run("group", "set-parent", "library", "steering")
    shown = json.loads(run("group", "show", "steering", "--json").stdout)

    assert run("group", "list").stdout == "steering  Steering (active)\n  library  Library (active)\n"
    assert [(one["slug"], one["parent"]) for one in json.loads(run("group", "list", "--json").stdout)] == [
        ("steering", None), ("library", "steering"),
    ]  # fmt: skip
    assert (shown["groups_below"], shown["state"]) == (["library"], "active")
    assert "groups below: library" in run("group", "show", "steering").stdout


def test_a_group_is_proposed_closed_and_opened_again(steering):
    proposed = run("group", "propose", "Kites", "--why", "Wind.", "--by", "ada@example.org")
    rehearsed = run("group", "close", "steering", "--why", "Done.", "--dry-run")
    before = Group.objects.get().state
    closed = run("group", "close", "steering", "--why", "Done.", "--yes")
    state = Group.objects.get().state
    reopened = run("group", "reopen", "steering", "--why", "Not done.")

    assert [one.exit_code for one in (proposed, rehearsed, closed, reopened)] == [0] * 4
    assert GroupProposal.objects.get().name == "Kites"
    assert "Nothing was changed" in rehearsed.stderr
    assert (before, state, Group.objects.get().state) == ("active", "closed", "forming")


def test_seats_are_added_given_listed_and_ended(steering):
    added = run("seat", "add", "steering", "Chair", "--months", "24", "--turns-on", "2025-11-01", "--power", "managers")
    begun = run("seat", "begin", "steering", "chair", "ada@example.org", "--how", "elected", "--from", "2026-03-01")
    listed = run("seat", "list", "steering")
    ended = run("seat", "end", "steering", "Chair", "--because", "resigned", "--on", "2026-03-09")
    (chair,) = json.loads(run("seat", "list", "steering", "--json").stdout)

    assert (added.stdout, begun.stdout) == ("Chair\n", "Ada: Chair, from 2026-03-01 until 2027-11-01\n")
    assert listed.stdout == "Chair: Ada, until 2027-11-01\n"
    assert ended.stdout == "Chair: free from 2026-03-09\n"
    assert chair["terms"] == [
        {"person": "Ada", "how": "elected", "from": "2026-03-01", "until": "2026-03-09", "ended_because": "resigned"}
    ]
    assert Seat.objects.get().role.name == "Managers"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("group", "show", "nowhere"), 3),
        (("group", "set-parent", "steering", "steering"), 5),
        (("group", "propose", "Kites", "--why", "Wind.", "--by", "nobody@example.org"), 3),
        (("group", "close", "steering", "--why", " ", "--yes"), 2),
        (("seat", "list", "nowhere"), 3),
        (("seat", "add", "steering", "Chair", "--months", "999"), 2),
        (("seat", "add", "steering", "Chair", "--power", "Kings"), 3),
        (("seat", "add", "steering", "Chair", "--turns-on", "1 November"), 2),
        (("seat", "end", "steering", "Chair", "--because", "resigned"), 3),
    ],
)
def test_what_cannot_be_done_has_its_exit_code_and_changes_nothing(steering, words, code):
    assert run(*words).exit_code == code
    assert (Group.objects.count(), Seat.objects.count(), Term.objects.count()) == (1, 0, 0)


def test_a_seat_that_is_held_is_a_conflict(steering):
    PersonFactory(email="ben@example.org")
    run("seat", "add", "steering", "Chair")
    give = ("seat", "begin", "steering", "Chair")

    first = run(*give, "ada@example.org", "--how", "elected")
    second = run(*give, "ben@example.org", "--how", "elected")

    assert (first.exit_code, second.exit_code) == (0, answers.CONFLICT)
    assert "holds this seat" in second.stderr
