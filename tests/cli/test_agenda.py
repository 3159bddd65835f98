"""`folkmoot agenda`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.models import Group, GroupState
from folkmoot.ledger.models import Entry
from folkmoot.meetings.models import AgendaItem
from tests.factories.agendas import item
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SLUG = "lantern-working-group"


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, ["agenda", *words])


def test_agenda_is_shown_and_added_to(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-23T12:00Z")
    organisation()
    group = meeting_group()
    call = next_meeting(group)
    ada = join(PersonFactory(name="Ada", email="ada@example.org"), group)
    assert run("show", "--group", SLUG).stderr == "Nothing is on the agenda yet.\n"
    mine = item(call, "Book a room", minutes=15, owner=ada)

    plain, as_json = run("show", "--group", SLUG), run("show", "--call", str(call.pk), "--json")
    assert plain.stdout == f"{mine.pk}\t15\tdiscuss\tBook a room\tAda\taccepted\n"
    assert plain.stderr == "15 of 60 minutes planned; 45 minutes are left.\n"
    assert json.loads(as_json.stdout) == [
        {
            "number": mine.pk,
            "title": "Book a room",
            "minutes": 15,
            "kind": "discuss",
            "owner": "Ada",
            "state": "accepted",
            "together": False,
            "serves": None,
            "carried": 0,
            "text": "",
            "to_read": [],
        }
    ]
    assert run("show", "--group", SLUG, "--markdown").stdout.startswith("# Agenda: Lantern Working Group, 2026-11-25\n")

    dry = run("add", "Letter", "--group", SLUG, "--dry-run")
    assert (dry.exit_code, dry.stdout, AgendaItem.objects.count()) == (0, "", 1)
    added = run("add", "Letter", "--group", SLUG, "--minutes", "0", "--together", "--owner", "ada@example.org")
    letter = AgendaItem.objects.get(title="Letter")
    assert (added.stdout, letter.is_consent, letter.owner) == (f"{letter.pk}\n", True, ada)
    assert Entry.objects.filter(on_id=letter.pk, kind="meetings.agenda_item_added").get().actor_kind == "machine"

    assert [run(*words).exit_code for words in (
        ("show",), ("show", "--group", "nowhere"), ("show", "--call", "999999"), ("add", " ", "--group", SLUG),
        ("add", "A", "--group", SLUG, "--minutes", "999"), ("add", "A", "--group", SLUG, "--owner", "x@example.org"),
    )] == [2, 3, 3, 2, 2, 3]  # fmt: skip
    Group.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)
    assert run("add", "A", "--group", SLUG).exit_code == 4
