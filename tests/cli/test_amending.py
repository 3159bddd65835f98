"""`folkmoot charter diff` and `folkmoot charter amend` as people meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run, run_here

CARE = Path(__file__).resolve().parents[2] / "examples" / "community-care.md"


def amended(folder: Path, *changes: tuple[str, str]) -> str:
    text = CARE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / "new.md"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_diff_of_two_files_names_every_difference(tmp_path):
    new = amended(tmp_path, ("at 08:00", "at 09:00"), ("## 6. Where we talk", "## 6. Our channels"))

    done = run("charter", "diff", str(CARE), new)

    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("§ 3 When we meet: reworded\n  - We meet every second Wednesday at 08:00")
    assert "§ 6 Our channels: renamed" in done.stdout


def test_clause_that_is_new_or_goes_is_said_with_all_its_words(tmp_path):
    text = CARE.read_text() + "\n## 9. Governance\n\n* Lazy consensus within 7 days.\n* A quorum of one third.\n"
    more = tmp_path / "more.md"
    more.write_text(text)

    come, gone = run("charter", "diff", str(CARE), str(more)), run("charter", "diff", str(more), str(CARE))

    assert come.stdout == "§ 9 Governance: new\n  + Lazy consensus within 7 days.\n  + A quorum of one third.\n"
    assert gone.stdout == "§ 9 Governance: goes\n  - Lazy consensus within 7 days.\n  - A quorum of one third.\n"


def test_diff_of_the_same_wording_ends_with_0(tmp_path):
    assert run("charter", "diff", str(CARE), str(CARE)).stdout == "Both are the same.\n"
    other_layout = run("charter", "diff", str(CARE), amended(tmp_path, ("* **", "- **")))

    assert other_layout.returncode == 0
    assert other_layout.stdout.startswith("The wording is the same, only layout changed.")


def test_diff_for_programs_keeps_its_keys(tmp_path):
    done = run("charter", "diff", str(CARE), amended(tmp_path, ("at 08:00", "at 09:00")), "--json")

    told = json.loads(done.stdout)
    assert set(told) == {"same", "says_the_same", "differences", "meaning"}
    (difference,) = told["differences"]
    assert (difference["what"], difference["number"], difference["new_lines"]) == ("changed", "3", [39, 40])
    assert [(one["field"], one["old"], one["new"]) for one in told["meaning"] if one["field"] == "local_time"] == [
        ("local_time", "08:00", "09:00")
    ]


def test_diff_of_what_is_not_there_says_so(tmp_path):
    assert run("charter", "diff", str(CARE), str(tmp_path / "no.md")).returncode == 2
    nowhere = run("charter", "diff", str(CARE), "no-such-group", FOLKMOOT_DATA=str(tmp_path / "data"))

    assert nowhere.returncode == 3
    assert "Traceback" not in nowhere.stderr


@pytest.mark.django_db
def test_amend_shows_asks_adopts_and_does_it_once(tmp_path):
    up = run_here("up", str(CARE), "--yes")
    assert up.returncode == 0, up.stderr
    new = amended(tmp_path, ("at 08:00", "at 09:00"), ("* **Events** – Gatherings", "* **Meetings** – Gatherings"))
    group = "community-care-working-group"

    tried = run_here("charter", "amend", new, "--group", group, "--dry-run")
    done = run_here("charter", "amend", new, "--group", group, "--reason", "Agreed.", "--yes")
    again = run_here("charter", "amend", new, "--group", group, "--reason", "Agreed.", "--yes")
    kept = run_here("charter", "diff", f"{group}@1", group)

    assert tried.returncode == 0, tried.stderr
    assert "* Calls move from 08:00, Los Angeles time to 09:00, Los Angeles time." in tried.stderr
    assert "Nothing was changed." in tried.stderr
    assert done.returncode == 0, done.stderr
    assert "Adopted as version 2" in done.stderr
    assert "has this very charter already" in again.stderr
    assert kept.returncode == 1, kept.stderr
    assert "§ 3 When we meet: reworded" in kept.stdout


@pytest.mark.django_db
def test_amend_refuses_days_that_have_passed_and_questions_that_are_open(tmp_path):
    assert run_here("up", str(CARE), "--yes").returncode == 0
    new = amended(tmp_path, ("at 08:00 in Los Angeles (America/Los_Angeles)", "at 8 am PST"))
    group = ("--group", "community-care-working-group")

    past = run_here("charter", "amend", new, *group, "--in-force", "2020-01-01", "--yes")
    vague = run_here("charter", "amend", new, *group, "--reason", "x", "--yes")
    nowhere = run_here("charter", "amend", new, "--group", "nobody", "--yes")
    silent = run_here("charter", "amend", new, *group, "--zone", "America/Los_Angeles", "--yes")

    assert (past.returncode, vague.returncode, nowhere.returncode, silent.returncode) == (2, 2, 3, 1)
    assert "In which time zone" in vague.stderr
    assert "Please give the reason" in silent.stderr
