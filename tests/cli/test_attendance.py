"""`folkmoot attendance`, run in this process on the test's database."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import entrance
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import close_attendance, note_guest, record_attendance
from folkmoot.meetings.attendance_reading import attendance_of
from folkmoot.meetings.models import Attendance
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_SAMPLE", "0")
    return freeze("2026-11-24T12:00Z")


@pytest.fixture
def call():
    organisation()
    return held_call(meeting_group())


@pytest.fixture
def ada(call):
    return join(PersonFactory(name="Ada", email="ada@example.org"), call.group)


def run(*words: str) -> Result:
    return CliRunner().invoke(entrance, ["attendance", *words])


def test_list_of_a_call_as_lines_and_as_json(call, ada):
    record_attendance(call, ada, by=ada, source="tap")
    note_guest(call, name="Jo \x1b[31mMarsh", affiliation="The Library", by=PersonFactory(is_steward=True))

    plain, as_json = run("show", "--meeting", str(call.pk)), run("show", "--group", call.group.slug, "--json")

    at = "2026-11-24T12:00:00+00:00"
    assert plain.stdout.splitlines() == [
        f"Ada\tperson\t\ttap\t{at}",
        f"Jo [31mMarsh\tguest\tThe Library\thost\t{at}",
    ]
    assert plain.stderr == "1 person and 1 guest\n"
    found = json.loads(as_json.stdout)
    assert [row["name"] for row in found.pop("there")] == ["Ada", "Jo [31mMarsh"]
    assert found == {
        "meeting": call.pk,
        "group": call.group.slug,
        "starts_at": call.starts_at.isoformat(),
        "closed_at": None,
        "people": 1,
        "guests": 1,
        "nameless": 0,
    }


def test_people_and_guests_are_noted_and_taken_off(call, ada):
    number = str(call.pk)

    done = [
        run("note", "--meeting", number, "--person", "ada@example.org"),
        run("note", "--meeting", number, "--guest", "Jo", "--affiliation", "The Library"),
        run("note", "--meeting", number, "--guest", "Kim"),
        run("note", "--meeting", number, "--guest", "Kim", "--off"),
    ]

    assert [one.exit_code for one in done] == [0] * 4
    assert [one.stdout for one in done] == [""] * 4
    assert done[0].stderr == f"Ada is on the list of call {number}.\n"
    assert attendance_of(call).names == ["Ada", "Jo (The Library)"]
    assert run("note", "--meeting", number, "--person", "ada@example.org", "--off").exit_code == 0
    assert attendance_of(call).names == ["Jo (The Library)"]


def test_dry_run_changes_nothing(call, ada):
    done = run("note", "--meeting", str(call.pk), "--person", "ada@example.org", "--dry-run")

    assert done.stderr.endswith("Nothing was changed: this was a dry run.\n")
    assert not Attendance.objects.exists()
    assert not Entry.objects.filter(kind="meetings.attended").exists()


def test_each_kind_of_no_has_its_exit_code(call, ada):
    number = str(call.pk)
    close_attendance(call, by=PersonFactory(is_steward=True))

    codes = {
        "usage": run("note", "--meeting", number).exit_code,
        "both": run("note", "--meeting", number, "--person", "ada@example.org", "--guest", "Jo").exit_code,
        "neither": run("show").exit_code,
        "no call": run("show", "--meeting", "99999").exit_code,
        "nobody": run("note", "--meeting", number, "--person", "zed@example.org").exit_code,
        "no guest": run("note", "--meeting", number, "--guest", "Jo", "--off").exit_code,
        "no reason": run("note", "--meeting", number, "--person", "ada@example.org").exit_code,
        "reason": run("note", "--meeting", number, "--person", "ada@example.org", "--why", "Late").exit_code,
    }

    assert codes == {
        "usage": 2,
        "both": 2,
        "neither": 2,
        "no call": 3,
        "nobody": 3,
        "no guest": 3,
        "no reason": 2,
        "reason": 0,
    }


def test_group_without_a_call_has_none_to_show():
    organisation()
    meeting_group(name="Oak", on=dt.date(2026, 11, 24)).meetings.filter(ends_at__lt="2026-11-24T12:00Z").delete()

    done = run("show", "--group", "oak")

    assert (done.exit_code, done.stderr) == (3, "Oak has had no call yet.\n")
