"""`folkmoot person` over a database of the test."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import add_person, erase_person, use_sign_in_link
from folkmoot.people.models import MergeRecord, Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch, tmp_path, settings):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    settings.DATA_FOLDER = tmp_path

    def running(*words: str) -> Result:
        return CliRunner().invoke(entrance, ["person", *words], standalone_mode=True)

    return running


def ada() -> Person:
    return add_person(name="Ada Oakes", email="ada@example.org", by=system())


def test_list_gives_a_line_each_and_json_for_programs(run):
    person = ada()
    PersonFactory(name="Ben\x1b[2J", email="ben@example.org", is_steward=True)

    plain, found = run("list"), run("list", "--find", "oak", "--json")

    assert plain.stdout.splitlines() == [
        f"{person.pk}\tAda Oakes\tada@example.org\t-\t-",
        f"{person.pk + 1}\tBen\ufffd[2J\tben@example.org\tEurope/Lisbon\tsteward",
    ]
    assert [one["email"] for one in json.loads(found.stdout)] == ["ada@example.org"]


def test_list_that_finds_nobody_ends_with_three(run):
    done = run("list", "--find", "nobody")

    assert (done.exit_code, done.stdout, done.stderr) == (3, "", "Nobody was found.\n")


def test_show_says_what_a_steward_may_know(run):
    person = ada()

    values = json.loads(run("show", "ADA@example.org", "--json").stdout)

    assert values.pop("joined") == person.joined_at.isoformat()
    kept = {name: count for name, count in values.pop("kept").items() if count}
    assert kept == {"people.record": 1, "people.addresses": 1, "ledger.entries": 1}
    assert values == {
        "id": person.pk, "name": "Ada Oakes", "email": "ada@example.org", "zone": "", "standing": "active",
        "steward": False, "merged_into": None, "last_signed_in": None, "name_like": [],
    }  # fmt: skip
    assert "name: Ada Oakes\n" in run("show", str(person.pk)).stdout


@pytest.mark.parametrize("command", ["show", "export", "link", "erase", "suspend", "restore", "steward"])
@pytest.mark.parametrize("who", ["nobody@example.org", "987654", "not an address", "9" * 40])
def test_nobody_ends_with_three(run, command, who):
    done = run(command, who)

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == f"Nobody here has the number or address {who}.\n"


def test_export_is_a_zip_in_a_file_or_pipe_and_json(run, tmp_path):
    ada()
    file = tmp_path / "ada.zip"

    done = run("export", "ada@example.org", "-o", str(file))
    piped = run("export", "ada@example.org")
    as_json = run("export", "ada@example.org", "--json")

    assert (done.exit_code, done.stdout) == (0, "")
    assert "everything.json" in zipfile.ZipFile(file).namelist()
    assert "everything.json" in zipfile.ZipFile(io.BytesIO(piped.stdout_bytes)).namelist()
    assert json.loads(as_json.stdout)["people.record"][0]["name"] == "Ada Oakes"
    assert Entry.objects.filter(kind="people.data_handed_out").count() == 3


def test_link_lets_one_person_in_once_and_is_on_record(run, settings):
    person = ada()

    done = run("link", "ada@example.org")

    assert done.exit_code == 0
    assert done.stderr == "This link signs Ada Oakes in, once:\n"
    assert done.stdout.startswith(f"{settings.PUBLIC_ADDRESS}/sign-in/once/")
    assert use_sign_in_link(done.stdout.strip().split("/")[-2]) == person
    assert Entry.objects.filter(kind="people.sign_in_link_made", about_id=person.pk).count() == 1


def test_no_link_for_who_is_held_or_gone(run):
    held, gone = PersonFactory(name="Ben", is_active=False), PersonFactory()
    erase_person(gone, by=system())

    refused = [run("link", str(held.pk)), run("link", str(gone.pk))]

    assert [(done.exit_code, done.stdout) for done in refused] == [(5, ""), (5, "")]
    assert refused[0].stderr == "Ben is held, and cannot sign in.\n"


def test_erase_shows_asks_and_erases(run):
    person = ada()

    dry, refused = run("erase", "ada@example.org", "--dry-run"), run("erase", "ada@example.org")
    still = Person.objects.get(pk=person.pk).standing
    done = run("erase", "ada@example.org", "--yes")

    assert dry.exit_code == 0
    assert "Nothing was changed." in dry.stderr
    assert refused.exit_code != 0
    assert still == "active"
    assert done.exit_code == 0
    assert Person.objects.get(pk=person.pk).standing == "erased"


def test_merge_and_unmerge(run):
    kept, gone = ada(), add_person(name="A. Oakes", email="oakes@example.org", by=system())

    dry = run("merge", "ada@example.org", str(gone.pk), "--dry-run")
    before = MergeRecord.objects.count()
    done = run("merge", "ada@example.org", str(gone.pk), "--yes")
    merged = Person.objects.get(pk=gone.pk).merged_into
    again = run("merge", str(kept.pk), str(gone.pk), "--yes")
    undone = run("unmerge", done.stdout.strip())
    missing = run("unmerge", "987654")

    assert (dry.exit_code, before) == (0, 0)
    assert "E-mail addresses: 1" in dry.stderr
    assert merged == kept
    assert again.exit_code == 5
    assert (undone.exit_code, missing.exit_code) == (0, 3)
    assert Person.objects.get(pk=gone.pk).standing == "active"


def test_hold_restore_and_steward(run):
    person = ada()

    def standing(*words: str) -> tuple[int, str, bool]:
        code = run(*words, "ada@example.org").exit_code
        person.refresh_from_db()
        return code, person.standing.value, person.is_steward

    assert standing("suspend") == (0, "suspended", False)
    assert standing("restore") == (0, "active", False)
    assert standing("steward") == (0, "active", True)
    assert standing("steward", "--off") == (5, "active", True)
    assert standing("suspend") == (5, "active", True)
