"""`folkmoot charter check` as people meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import FOLKMOOT, environment, run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REAL = Path(__file__).resolve().parents[3] / "shared" / "charters"
OPEN_ZONE = "# Lantern\n\n## Meetings\n\nWe meet every Wednesday at 8 am PST.\n"


def test_check_says_what_was_understood_with_lines():
    done = run("charter", "check", str(EXAMPLES / "community-care.md"))

    assert done.returncode == 0, done.stderr
    assert "Human connection: Places where people meet" in done.stdout
    assert "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE, from 2025-01-22, at 08:00, in America/Los_Angeles" in done.stdout
    assert "This can be run as it is" in done.stdout


def test_check_ends_with_1_when_something_needs_an_answer(tmp_path):
    file = tmp_path / "charter.md"
    file.write_text(OPEN_ZONE, encoding="utf-8")

    done = run("charter", "check", str(file))

    assert done.returncode == 1
    assert "Line 5, needs an answer" in done.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"= Title\n:toc:\n\n== Part\n\ntext\n", "AsciiDoc"),
        (b"%PDF-1.7 \x00\x01\x02", "PDF"),
        (b"x" * (256 * 1024 + 1), "256 KB"),
        (b"x" * 20_001, "20,000"),
        (b"|a" * 9_000 + b"|\n" + b"|-" * 9_000 + b"|\n" + b"|b" * 9_000 + b"|\n", "cells"),
    ],
)
def test_check_refuses_in_one_plain_sentence(tmp_path, content, words):
    file = tmp_path / "charter.md"
    file.write_bytes(content)

    done = run("charter", "check", str(file))

    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_check_of_nothing_says_so(tmp_path):
    missing, folder = run("charter", "check", str(tmp_path / "no.md")), run("charter", "check", str(tmp_path))

    assert (missing.returncode, folder.returncode) == (2, 2)
    assert "no.md" in missing.stderr
    assert "Traceback" not in missing.stderr + folder.stderr


def test_check_reads_standard_input():
    done = subprocess.run(
        [FOLKMOOT, "charter", "check", "-", "--json"], input=OPEN_ZONE.encode(), capture_output=True, env=environment()
    )

    assert done.returncode == 1
    assert json.loads(done.stdout)["meetings"][0]["local_time"] == "08:00"


def test_check_json_has_every_promised_key():
    reading = json.loads(run("charter", "check", str(EXAMPLES / "library.md"), "--json").stdout)

    assert {
        "title", "purpose", "scope", "objectives", "membership", "roles", "managers", "meetings", "annual_activities",
        "decision_rules", "channels", "resources", "policies", "links", "amendments", "sections", "notes",
    } <= set(reading)  # fmt: skip
    assert {
        "cadence", "interval_weeks", "weekdays", "first_date", "local_time", "duration_minutes", "rrule", "zone",
        "zone_candidates", "table", "lines",
    } <= set(reading["meetings"][0])  # fmt: skip
    assert {"heading", "level", "kind", "lines"} <= set(reading["sections"][0])
    assert all({"line", "severity", "code", "message", "suggestion"} <= set(note) for note in reading["notes"])


def test_check_loads_no_django():
    code = (
        "import sys\nfrom folkmoot.cli import main\n"
        "try:\n    main(['charter', 'check', sys.argv[1]])\nexcept SystemExit: pass\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'allauth')]"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLES / "library.md")], capture_output=True, text=True, env=environment()
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not REAL.exists(), reason="the charters of the first user are not in this checkout")
def test_check_understands_the_charters_it_was_built_for():
    first = run("charter", "check", str(REAL / "community-engagement.md"), "--json")
    sister = run("charter", "check", str(REAL / "resources.md"), "--json")

    assert first.returncode == 1
    reading = json.loads(first.stdout)
    assert [len(reading[key]) for key in ("objectives", "roles", "membership", "annual_activities")] == [7, 3, 3, 5]
    (meeting,) = reading["meetings"]
    assert (meeting["interval_weeks"], meeting["weekdays"], meeting["first_date"]) == (2, ["wednesday"], "2025-01-22")
    assert [(row["label"], row["time"]) for row in meeting["table"]] == [
        ("PST", "08:00"), ("MST", "09:00"), ("CST", "10:00"), ("IST", "21:30"),
    ]  # fmt: skip
    assert {"timetable_two_readings", "placeholder"} <= {note["code"] for note in reading["notes"]}
    assert sister.returncode == 0
    other = json.loads(sister.stdout)
    assert [role["name"] for role in other["roles"]] == [
        "Community at Large",
        "Contributor",
        "Managers",
        "Project Leads",
    ]
    assert other["objectives"] == []
    assert [activity["quarter"] for activity in other["annual_activities"]] == ["Q1", "Q3", "Q4"]
    assert (other["meetings"][0]["local_time"], other["meetings"][0]["zone"]) == ("21:00", "UTC")
    assert other["meetings"][0]["first_date"] is None
    assert len(other["channels"]) >= 3
