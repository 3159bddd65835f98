"""`folkmoot decision`, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.decisions.models import Decision, Status
from tests.factories.decisions import proposed, recorded
from tests.factories.groups import group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

OF = "lantern-working-group"


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-26T09:00Z")
    organisation()
    return group()


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "text.md"
    file.write_text("The lights **stay** on.\n", encoding="utf-8")
    return str(file)


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(entrance, ["decision", *words], input=given)


def test_list_and_show_are_json_for_programs_and_lines_in_a_pipe(lantern):
    recorded(lantern, title="Old\x1b[2J lamps")
    recorded(lantern, status=Status.DECLINED)
    proposed(lantern, clause="roles")
    of = ("--group", lantern.slug)

    rows = json.loads(run("list", *of, "--json").stdout)
    shown = json.loads(run("show", "2026-3", *of, "--json").stdout)

    assert rows[1] == {
        "label": "2026-2", "title": "Lights stay on", "status": "declined", "way": "call", "decided_on": "2026-11-26",
    }  # fmt: skip
    assert [row["label"] for row in rows] == ["2026-3", "2026-2", "2026-1"]
    assert json.loads(run("list", *of, "--status", "in_force", "--json").stdout)[0]["label"] == "2026-1"
    assert json.loads(run("list", *of, "--year", "2020", "--json").stdout) == []
    assert (shown["silence_ends_at"], shown["objections_standing"]) == ("2026-12-04T12:00:00+00:00", 0)
    assert run("list", *of).stdout.splitlines()[0].split("\t")[:2] == ["label", "title"]
    assert run("show", "2026-3", *of).stdout.startswith("# 2026-3 Lights stay on\n")
    assert "\x1b" not in run("show", "2026-1", *of).stdout + run("list", *of).stdout


def test_record_and_propose_print_the_address_and_a_dry_run_changes_nothing(lantern, text):
    of = ("--group", lantern.slug, "--title", "New lamps")

    dry = run("record", text, *of, "--dry-run")
    assert (dry.exit_code, Decision.objects.count()) == (0, 0)
    assert "would be decision 2026-1. Nothing was changed." in dry.stderr
    recorded_one = run("record", text, *of, "--on", "2026-11-20", "--clause", "roles", "--yes")
    proposed_one = run("propose", "-", *of, "--supersedes", "2026-1", given="They go **out**.\n")
    soon = run("propose", text, *of, "--days", "2", "--skip-weekends", "--holidays", "pt", "--dry-run")

    assert recorded_one.stdout.endswith(f"/groups/{lantern.slug}/decisions/2026-1/\n")
    assert proposed_one.stdout.endswith(f"/groups/{lantern.slug}/decisions/2026-2/\n")
    assert "Silence lasts until the end of 3 December 2026 Anywhere on Earth." in proposed_one.stderr
    assert "Silence lasts until the end of 30 November 2026 Anywhere on Earth. Nothing was changed." in soon.stderr
    first, second = Decision.objects.order_by("number")
    assert (first.text, first.decided_on.isoformat(), first.clause_anchor) == (
        "The lights **stay** on.", "2026-11-20", "roles",
    )  # fmt: skip
    assert (second.text, second.supersedes, second.status) == ("They go **out**.", first, "open")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["list", "--group", "nowhere"], 3, "There is no group at the address nowhere."),
        (["list", "--group", OF], 3, "There is no such decision."),
        (["show", "2026-9", "--group", OF], 3, "has no decision 2026-9."),
        (["show", "x" * 40, "--group", OF], 3, "has no decision x"),
        (["record", "none.md", "--group", OF, "--title", "A"], 2, "cannot be read"),
        (
            ["record", "TEXT", "--group", OF, "--title", "A", "--clause", "x", "--yes"],
            5,
            "no clause",
        ),
        (["record", "TEXT", "--group", OF, "--title", " ", "--yes"], 2, "It needs a name."),
        (["propose", "TEXT", "--group", OF, "--title", "A", "--holidays", "PT"], 2, "Say --days"),
        (
            ["propose", "TEXT", "--group", OF, "--title", "A", "--days", "99", "--yes"],
            2,
            "1 to 60",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_with_its_exit_code(lantern, text, words, code, says):
    done = run(*(text if word == "TEXT" else word for word in words))

    assert (done.exit_code, Decision.objects.count()) == (code, 0)
    assert says in done.stderr


def test_nothing_is_recorded_when_the_answer_is_no(lantern, text):
    done = run("record", text, "--group", lantern.slug, "--title", "New lamps", given="n\n")

    assert (done.exit_code, Decision.objects.count()) == (1, 0)
