"""`folkmoot minutes check` as people meet it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.cli.running import environment, run

CLEAR = """# Care call, 5 March 2026

Time: 17:00-18:00 UTC

## Present

- Ada Example (Example Labs)
- Ben Example

## Decisions

- Resolved: The code of conduct is adopted. Vote: 2 yes, 0 no

## Action items

- [ ] Ada: write to the newcomers by 12 March 2026
"""
DOUBTFUL = "# Care call, 03/04/2026\n\nPresent: Ada Example\n"


def test_check_says_what_was_understood_and_what_is_uncertain(tmp_path):
    clear, doubtful = tmp_path / "clear.md", tmp_path / "doubtful.md"
    clear.write_text(CLEAR, encoding="utf-8")
    doubtful.write_text(DOUBTFUL, encoding="utf-8")

    done = run("minutes", "check", str(clear), str(doubtful))

    assert done.returncode == 1, done.stderr
    assert "Date: 2026-03-05 17:00-18:00 UTC" in done.stdout
    assert "Present: 2: Ada Example, Ben Example" in done.stdout
    assert "(carried, 2 for, 0 against)" in done.stdout
    assert "write to the newcomers by 12 March 2026 (Ada, due 2026-03-12)" in done.stdout
    assert "Line 1, look at this: “03/04/2026” is 2026-03-04 or 2026-04-03" in done.stdout
    assert done.stdout.endswith("2 files with 2 meetings read, 1 with questions.\n")


def test_check_gives_programs_one_object_and_ends_with_0_where_all_is_clear(tmp_path):
    file = tmp_path / "clear.md"
    file.write_text(CLEAR, encoding="utf-8")

    done = run("minutes", "check", str(file), "--json")

    assert done.returncode == 0, done.stdout
    [read] = json.loads(done.stdout)["files"]
    assert (read["name"], read["open"], read["canonical"]) == (str(file), False, False)
    assert [(one["date"], one["attendee_count"]) for one in read["meetings"]] == [("2026-03-05", 2)]


def test_check_of_a_folder_has_a_line_for_each_file_and_a_summary(tmp_path):
    (tmp_path / "2026").mkdir()
    clear, doubtful = tmp_path / "2026" / "clear.md", tmp_path / "doubtful.md"
    clear.write_text(CLEAR, encoding="utf-8")
    doubtful.write_text(DOUBTFUL, encoding="utf-8")
    for other in ("README.md", "picture.png", ".hidden.md"):
        (tmp_path / other).write_text("# No minutes", encoding="utf-8")

    shown = run("minutes", "check", str(tmp_path))
    told = json.loads(run("minutes", "check", str(tmp_path), "--json").stdout)

    assert (shown.returncode, shown.stdout.splitlines()) == (
        1,
        [
            f"{clear}: 2026-03-05 17:00-18:00 UTC, 2 present",
            f"{doubtful}: not known, 1 present",
            "  Line 1, look at this: “03/04/2026” is 2026-03-04 or 2026-04-03, depending on where it was written.",
            "  Line 3, look at this: Only one person is named as present.",
            "",
            "2 files with 2 meetings read, 1 with questions.",
        ],
    )
    assert told["summary"] == {"files": 2, "meetings": 2, "with_questions": 1}
    assert [file["name"] for file in told["files"]] == [str(clear), str(doubtful)]


def test_check_of_a_folder_without_minutes_ends_with_3(tmp_path):
    done = run("minutes", "check", str(tmp_path))

    assert (done.returncode, done.stdout) == (3, "")
    assert "no minutes" in done.stderr


def test_check_of_a_file_that_is_not_there_ends_with_2(tmp_path):
    done = run("minutes", "check", str(tmp_path / "none.md"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "none.md cannot be read" in done.stderr


def test_check_loads_no_django():
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from folkmoot.cli import entrance\n"
        "done = CliRunner().invoke(entrance, ['minutes', 'check', '-'], input='# Call 2026-03-05')\n"
        "assert done.exit_code == 1, done.output\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'allauth')]\n"
    )

    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
