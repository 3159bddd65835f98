"""`folkmoot search`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import owned, task

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, ["search", *words])


def test_search_finds_groups_and_tasks_and_nobody_s_own(monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    organisation()
    home = group()
    wanted = task(home, title="Paint the sign", words="In red\x1b[2J.")
    somebody = PersonFactory()
    owned(None, somebody, title="Paint my room", by=somebody)

    plain, as_json = run("paint"), run("pant", "sing", "--kind", "tasks", "--json")

    assert plain.stdout == (
        "kind\ttitle\tgroup\taddress\n"
        f"tasks\tPaint the sign\tLantern Working Group\thttp://localhost:8000/tasks/{wanted.pk}/\n"
    )
    assert [(row["kind"], row["title"], row["on"]) for row in json.loads(as_json.stdout)] == [
        ("tasks", "Paint the sign", None)
    ]


def test_search_keeps_to_one_group(monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    organisation()
    for name in ("Lantern Working Group", "Other Working Group"):
        task(group(name), title=f"Paint for {name}")

    answer = run("paint", "--group", "lantern-working-group", "--json")

    assert [row["title"] for row in json.loads(answer.stdout)] == ["Paint for Lantern Working Group"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["xylophonist"], 3),
        (["paint", "--kind", "secrets"], 2),
        (["paint", "--group", "nowhere"], 2),
        (["a" * 1001], 2),
        ([], 2),
    ],
)
def test_search_says_what_was_not_found_or_not_understood(words, code, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    organisation()

    answer = run(*words)

    assert answer.exit_code == code
    assert answer.stdout == ""
    assert answer.stderr
