"""`folkmoot task` and `folkmoot checklist`, run in this process on the test's database."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.groups.models import GroupState
from folkmoot.plan.actions import add_task
from folkmoot.plan.models import Checklist, Task
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import owned, task, template

pytestmark = pytest.mark.django_db

SLUG = "lantern-working-group"


@pytest.fixture(autouse=True)
def clock(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada", email="ada@example.org"), lantern)


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, words)


def test_task_list_as_lines_and_as_json(lantern, ada):
    mine = owned(lantern, ada, title="Book \x1b[31ma room")
    task(lantern, title="Free")
    add_task(title="Nobody else's business", by=ada)

    plain, as_json = run("task", "list", "--group", SLUG), run("task", "list", "--json")

    assert plain.stdout.splitlines()[0] == f"{mine.pk}\topen\t\t{SLUG}\tBook [31ma room\tAda"
    assert [(row["title"], row["owner"]) for row in json.loads(as_json.stdout)] == [
        ("Book [31ma room", "Ada"),
        ("Free", None),
    ]
    assert set(json.loads(as_json.stdout)[0]) == {
        "number", "group", "title", "state", "owner", "asked", "due_on", "serves",
    }  # fmt: skip


def test_task_list_of_nothing_says_so_beside_the_data(lantern):
    done = run("task", "list", "--show", "overdue")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "There are no such tasks.\n")


def test_task_add_prints_the_number_and_asks_the_owner(lantern, ada):
    done = run("task", "add", "Book a room", "--group", SLUG, "--due", "2027-03-01", "--owner", "ada@example.org")

    made = Task.objects.get()
    assert (done.exit_code, done.stdout) == (0, f"{made.pk}\n")
    assert (made.offered_to, made.due_on.isoformat()) == (ada, "2027-03-01")


def test_dry_runs_change_nothing(lantern, ada):
    made = owned(lantern, ada)
    template(lantern)

    runs = [
        run("task", "add", "Book a room", "--group", SLUG, "--dry-run"),
        run("task", "done", str(made.pk), "--dry-run"),
        run("checklist", "start", "open-house", "--group", SLUG, "--from", "2027-03-01", "--dry-run"),
    ]

    assert [(one.exit_code, one.stdout) for one in runs] == [(0, "")] * 3
    assert all("Nothing was changed." in one.stderr for one in runs)
    assert (Task.objects.get().state, Checklist.objects.count()) == ("open", 0)


def test_task_done_ends_it(lantern, ada):
    made = owned(lantern, ada)

    done = run("task", "done", str(made.pk))

    made.refresh_from_db()
    assert (done.exit_code, done.stderr, made.state) == (0, "Done: “Water the plants”.\n", "done")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("task", "add", " ", "--group", SLUG), 2),
        (("task", "add", "x", "--group", SLUG, "--due", "soon"), 2),
        (("task", "add", "x", "--group", "no-such"), 3),
        (("task", "add", "x", "--group", SLUG, "--owner", "nobody@example.org"), 3),
        (("task", "list", "--group", "no-such"), 3),
        (("task", "done", "999999"), 3),
        (("checklist", "show", "999999"), 3),
        (("checklist", "start", "no-such", "--group", SLUG, "--from", "2027-03-01"), 3),
        (("checklist", "start", "welcome", "--group", SLUG, "--from", "2027-03-01", "--for", "no@example.org"), 3),
    ],
)
def test_refusals_have_their_exit_codes_and_one_line(lantern, words, code):
    done = run(*words)

    assert (done.exit_code, done.stdout) == (code, "")
    assert not Task.objects.exists()


def test_closed_group_and_own_task_are_refused(lantern, ada):
    own = add_task(title="Call the dentist", by=ada)
    lantern.state = GroupState.CLOSED
    lantern.save()

    assert run("task", "add", "x", "--group", SLUG).exit_code == 4
    assert run("task", "done", str(own.pk)).exit_code == 3


def test_dropped_task_is_a_conflict(lantern, ada):
    made = owned(lantern, ada)
    Task.objects.update(state="dropped", ended_at="2026-11-26T12:00Z")

    assert run("task", "done", str(made.pk)).exit_code == 5


def test_checklist_is_started_listed_and_shown(lantern, ada):
    template(lantern, {"title": "Call for names", "offset": -200, "who": "owner"})

    started = run(
        "checklist", "start", "open-house", "--group", SLUG, "--from", "2027-03-01", "--for", "ada@example.org"
    )
    one = Checklist.objects.get()
    listed = json.loads(run("checklist", "list", "--group", SLUG, "--json").stdout)
    shown = json.loads(run("checklist", "show", str(one.pk), "--json").stdout)

    assert (started.exit_code, started.stdout) == (0, f"{one.pk}\n")
    assert "“Call for names” moves from 13 August 2026 to 26 November 2026." in started.stderr
    assert listed == [
        {
            "number": one.pk, "kind": "open-house", "name": "Open house", "for": "Ada", "from": "2027-03-01",
            "state": "open", "steps": 1, "open": 1,
        }
    ]  # fmt: skip
    assert [(row["title"], row["due_on"], row["who"]) for row in shown] == [("Call for names", "2026-11-26", "Ada")]
    assert run("checklist", "list", "--group", SLUG).stdout.startswith(f"{one.pk}\topen\t2027-03-01\tOpen house\tAda")


def test_templates_are_listed(lantern):
    template(lantern)

    rows = json.loads(run("checklist", "templates", "--group", SLUG, "--json").stdout)

    assert [(row["key"], row["of"], row["steps"]) for row in rows] == [
        ("call", "organisation", 6),
        ("election", "organisation", 10),
        ("new-manager", "organisation", 8),
        ("open-house", "group", 3),
        ("welcome", "organisation", 9),
        ("welcome-observer", "organisation", 5),
    ]
