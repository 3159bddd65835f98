"""`folkmoot minutes import` and `export`, run in this process on the test's database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.models import Group
from folkmoot.meetings.models import BroughtIn
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

CLEAR = "# Call\n\nDate: 2024-03-05\n\n## Present\n\n- Ada Birch\n- Cleo Dee\n\n## Agenda\n\n### Lamps\n\nTwo lamps.\n"
ASKS = CLEAR.replace("2024-03-05", "2024-03-12").replace("Ada Birch", "Ada")
NOTED = CLEAR.replace("2024-03-05", "2024-03-19").replace("## Present\n\n- Ada Birch\n- Cleo Dee\n\n", "")


def run(*words: str, **given) -> Result:
    return CliRunner().invoke(entrance, ["minutes", *words], **given)


@pytest.fixture
def group(freeze, monkeypatch) -> Group:
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    freeze("2026-11-23T12:00Z")
    organisation()
    group = meeting_group()
    join(PersonFactory(name="Ada Birch"), group)
    return group


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "minutes"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "a.md").write_text(CLEAR)
    (folder / "2024" / "b.md").write_text(ASKS)
    (folder / "c.md").write_text(NOTED)
    (folder / "photo.png").write_bytes(b"x")
    (folder / "broken.md").write_bytes(b"%PDF-1.4")
    (tmp_path / "secret.md").write_text(CLEAR.replace("2024-03-05", "2024-04-01"))
    (folder / "away.md").symlink_to(tmp_path / "secret.md")
    return folder


def test_a_dry_run_says_what_is_understood_and_changes_nothing(group, folder):
    found = run("import", str(folder), "--group", group.slug, "--dry-run")

    assert found.exit_code == 1
    assert "2024/a.md: 5 March 2024 · Call, makes a past call" in found.stdout
    assert "  There, with a record here: Ada Birch" in found.stdout
    assert "Who is Ada? Perhaps Ada Birch." in found.stdout
    assert "broken.md: This is no text that we can read" in found.stdout
    assert "1 can be taken in, 2 wait for your word, 0 are here already." in found.stderr
    assert "away.md leads out of the folder" in found.stderr
    assert BroughtIn.objects.count() == 0


def test_what_is_clear_is_taken_in_and_then_what_is_answered(group, folder, tmp_path):
    words = ("import", str(folder), "--group", group.slug)
    first, again = run(*words, "--yes"), run(*words, "--yes")
    assert (first.exit_code, again.exit_code, BroughtIn.objects.count()) == (1, 1, 1)
    assert "1 taken in." in first.stderr

    plan = json.loads(run(*words, "--json").stdout)
    (name,) = plan["names"]
    noted = next(one for one in plan["records"] if one["file"] == "c.md")
    assert (name["name"], [one["name"] for one in name["people"]], plan["taken_in"]) == ("Ada", ["Ada Birch"], 0)
    assert [(one["line"], one["words"]) for one in noted["notes"]] == [(1, "The minutes do not say who was there.")]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"names": {name["key"]: name["people"][0]["key"]}, "looked_at": [noted["key"]]}))

    done = run(*words, "--yes", "--answers", str(answers))

    assert (done.exit_code, BroughtIn.objects.count()) == (0, 3)
    assert run(*words, "--dry-run", "--json").exit_code == 0


def test_all_of_it_at_once_for_who_has_looked(group, folder):
    words = ("import", str(folder), "--group", group.slug)

    assert run(*words, "--looked-at", "--names-as-guests", input="n\n").exit_code == 1
    assert BroughtIn.objects.count() == 0
    assert run(*words, "--looked-at", "--names-as-guests", "--yes").exit_code == 0
    assert BroughtIn.objects.count() == 3


def test_what_cannot_be_done_has_its_exit_code(group, folder, tmp_path):
    empty, answers = tmp_path / "empty", tmp_path / "answers.json"
    empty.mkdir()
    answers.write_text("[]")

    assert run("import", str(empty), "--group", group.slug).exit_code == 3
    assert run("import", str(folder), "--group", "nowhere").exit_code == 3
    assert run("import", str(folder), "--group", group.slug, "--answers", str(answers)).exit_code == 2
    assert run("export", str(folder), "--group", group.slug).exit_code == 5


def test_out_and_in_and_out_again_is_the_same(group, folder, tmp_path):
    run("import", str(folder), "--group", group.slug, "--looked-at", "--names-as-guests", "--yes")
    other = Group.objects.create(slug="empty", name="Empty")
    sure = ("--looked-at", "--names-as-guests", "--yes")
    one, two, public = tmp_path / "one", tmp_path / "two", tmp_path / "public"

    assert run("export", str(one), "--group", group.slug).exit_code == 0
    assert run("import", str(one), "--group", other.slug, *sure).exit_code == 0
    assert run("export", str(two), "--group", other.slug).exit_code == 0
    assert run("export", str(public), "--group", group.slug, "--public").exit_code == 0

    texts = [{path.name: path.read_text() for path in root.rglob("*.md")} for root in (one, two)]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 4
    assert [path.name for path in public.iterdir()] == ["README.md"]
