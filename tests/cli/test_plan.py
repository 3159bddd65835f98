"""The commands that read and write a group's plan, in this process and on the database of the test."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.actions.structure import rename_group
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.plan.actions.activities import bring_year_in_order
from folkmoot.plan.actions.goals import close_period
from folkmoot.plan.actions.registers import keep_risk
from folkmoot.plan.actions.reports import publish_report
from folkmoot.plan.models import CheckIn, Report
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.plan import THIS_QUARTER, goal, initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-26T12:00Z")
    organisation()
    return group()


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def rows(*words: str) -> list[dict]:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_lists_are_json_for_programs(lantern):
    bring_year_in_order(lantern, year=2026, by=system())
    made, wanted = initiative(lantern, objective="Warmth"), goal(lantern)
    kept = keep_risk(lantern, title="Nobody comes", likelihood=2, impact=4, by=system())
    of = ("--group", lantern.slug)

    assert rows("initiative", "list", *of) == [
        {"number": made.pk, "title": "Coffee across zones", "stage": "sandbox", "since": "2026-11-26", "lead": None,
         "objective": "Warmth"}
    ]  # fmt: skip
    assert rows("goal", "list", *of, "--period", "2026-Q4") == [
        {"number": wanted.pk, "title": "People meet", "period": "2026-Q4", "percent": None, "confidence": None,
         "owner": None, "closed": False}
    ]  # fmt: skip
    assert rows("goal", "list", *of, "--period", "2027") == []
    assert [(one["name"], one["state"]) for one in rows("activity", "list", *of)] == [("Open house", "not_begun")]
    assert rows("activity", "list", *of, "--year", "2020") == []
    assert [(one["number"], one["score"]) for one in rows("risk", "list", *of)] == [(kept.pk, 8)]


def test_group_that_was_renamed_is_found_by_its_old_address_too(lantern):
    made, old = initiative(lantern), lantern.slug
    rename_group(lantern, name="Beacon", by=system())

    assert [one["number"] for one in rows("initiative", "list", "--group", old)] == [made.pk]


def test_lists_are_lines_when_they_are_piped(lantern):
    keep_risk(lantern, title="Nobody\x1b[2J comes", likelihood=2, impact=4, by=system())

    lines = run("risk", "list", "--group", lantern.slug).stdout.splitlines()

    assert lines[0].split("\t")[:3] == ["number", "title", "score"]
    assert "\x1b" not in lines[1]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("risk", "list", "--group", "nowhere"), 3, "There is no group at the address nowhere."),
        (("risk", "list", "--group", "lantern-working-group"), 3, "has no risk"),
        (("initiative", "list", "--group", "lantern-working-group"), 3, "has no initiative yet"),
        (("goal", "list", "--group", "lantern-working-group", "--period", "soon"), 2, "is no year and no quarter"),
        (("goal", "check-in", "99", "--confidence", "on_track", "--words", "x"), 3, "There is no goal 99."),
        (("report", "--group", "lantern-working-group", "--month", "2026-10"), 3, "`--draft` drafts one"),
        (("report", "--group", "lantern-working-group", "--month", "x"), 2, "is no month"),
        (("report", "--group", "lantern-working-group", "--month", "2026-12", "--draft"), 5, "has not begun yet"),
        (("report", "--group", "g", "--month", "2026-10", "--json", "--markdown"), 2, "not both"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_code(lantern, words, code, says):
    done = run(*words)

    assert (done.exit_code, done.stdout) == (code, "")
    assert says in done.stderr


def test_check_in_acts_as_the_machine_and_a_dry_run_changes_nothing(lantern):
    wanted = goal(lantern)
    words = ("goal", "check-in", str(wanted.pk), "--confidence", "at_risk", "--words", "Hm.")

    assert "Nothing was changed" in run(*words, "--dry-run").stderr
    assert not CheckIn.objects.exists()
    assert run(*words).exit_code == 0

    assert Entry.objects.get(kind="plan.goal_checked_in").actor_kind == "machine"
    assert run(*words[:-1], " ").exit_code == 2
    close_period(lantern, THIS_QUARTER, by=system())
    assert run(*words).exit_code == 4


def test_report_is_drafted_once_and_read_as_published(lantern):
    words = ("report", "--group", lantern.slug, "--month", "2026-10")

    drafted = run(*words, "--draft")
    again = run(*words, "--draft", "--markdown")

    assert drafted.stdout == again.stdout
    assert drafted.stdout.startswith("# Lantern Working Group, October 2026\n\n## Who is here\n")
    assert "This is a draft" in drafted.stderr
    publish_report(Report.objects.get(), by=system())
    assert run(*words, "--draft").exit_code == 5
    shown = json.loads(run(*words, "--json").stdout)
    assert (shown["state"], shown["revision"], shown["markdown"]) == ("published", 1, drafted.stdout)
