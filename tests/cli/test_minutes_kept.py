"""`folkmoot minutes show` and `publish`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.models import Power
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    approve_minutes,
    begin_minutes,
    clear_hits,
    confirm_public,
    propose_minutes,
    set_level,
)
from folkmoot.meetings.minutes_check import check
from folkmoot.meetings.models import Minutes
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, ["minutes", *words])


def test_minutes_are_shown_and_published_once_nothing_waits(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-23T12:00Z")
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)
    call = held_call(group)
    number = str(call.pk)
    nothing = run("show", number)
    minutes = begin_minutes(call, by=ada)
    set_level(minutes, "chatham", by=ada)
    item = add_minutes_item(minutes, NotesWords("Trees", "Ada: one birch."), by=ada)
    early = run("publish", number, "--yes")
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    minutes = approve_minutes(minutes, by=ada)
    confirm_public(item, title="Trees", text="One birch.", version=1, by=ada)

    shown, as_json = run("show", number), json.loads(run("show", number, "--json").stdout)
    named = run("publish", number, "--yes")
    clear_hits(minutes, [one.key for one in check(minutes)], why="A tree", by=ada)
    dry = run("publish", number, "--dry-run")
    state = Minutes.objects.get().state
    done = run("publish", number, "--yes")

    assert (nothing.exit_code, early.exit_code, named.exit_code) == (3, 5, 5)
    assert "One birch." in shown.stdout
    assert shown.stderr == "These minutes are approved.\nSomebody could be recognised in 5 places.\n"
    assert (as_json["state"], {one["words"] for one in as_json["to_look_at"]}) == ("approved", {"birch"})
    assert (dry.exit_code, state, done.exit_code) == (0, "approved", 0)
    assert Minutes.objects.get().state == "published"
    assert run("show", number).stderr == "These minutes are published.\n"
