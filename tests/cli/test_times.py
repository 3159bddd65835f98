"""`folkmoot times`, from a charter in a file to the words and the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from folkmoot.cli import main, times
from folkmoot.cli.terminal import Stop

REAL = Path(__file__).parents[3] / "shared" / "charters"

CHARTER = """\
# Harbour Lights Working Group Charter

We keep the lights of the harbour.

## Meetings

Our calls are bi-weekly starting Wed, Jan 22 2025.

| Timezone | Time |
| -------- | ---- |
| PST | 8 am |
| MST | 9 am |
| CST | 10 am |
| IST | 9:30 pm |
"""


@pytest.fixture
def charter(tmp_path):
    def write(text: str = CHARTER) -> str:
        path = tmp_path / "charter.md"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str):
    """Exit code, standard output and standard error of the command."""
    done = CliRunner().invoke(times.times, arguments)
    if done.exception is not None and not isinstance(done.exception, (SystemExit, Stop)):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def objects(*arguments: str):
    code, output, _ = run(*arguments, "--json")
    assert code == 0
    return json.loads(output)


def test_open_zone_is_asked_in_words(charter):
    code, output, error = run(charter(), "--from", "2026-11-23")

    assert (code, output) == (2, "")
    assert "In which time zone" in error
    assert "PST may be Los Angeles time (UTC-08:00 in January, UTC-07:00 in July); UTC-08:00 all year" in error
    assert "IST may be Kolkata time (UTC+05:30); Dublin time (UTC in January, UTC+01:00 in July)" in error
    assert "--zone UTC: 16:00" in error
    assert "--zone America/Los_Angeles: 08:00" in error
    assert "(in January 16:00 UTC, table right; in July 15:00 UTC, table wrong for IST)" in error
    assert "(in January 16:00 UTC, table right; in July 16:00 UTC, table right)" in error
    assert "Answer it with --zone." in error


def test_first_zone_is_the_anchor_as_wall_time(charter):
    found = objects(
        charter(), "--zone", "America/Los_Angeles", "--zone", "Asia/Kathmandu", "--from", "2025-03-01", "--count", "3"
    )

    assert [one["utc"] for one in found] == [
        "2025-03-05T16:00:00Z",
        "2025-03-19T15:00:00Z",
        "2025-04-02T15:00:00Z",
    ]
    assert [one["table_is_right"] for one in found] == [True, False, False]
    assert found[0] == {
        "utc": "2025-03-05T16:00:00Z",
        "group": "Harbour Lights Working Group",
        "table_says": {"PST": "08:00", "MST": "09:00", "CST": "10:00", "IST": "21:30"},
        "table_is_right": True,
        "zones": {
            "America/Los_Angeles": "2025-03-05T08:00:00-08:00",
            "Asia/Kathmandu": "2025-03-05T21:45:00+05:45",
            "America/Denver": "2025-03-05T09:00:00-07:00",
            "America/Chicago": "2025-03-05T10:00:00-06:00",
            "Asia/Kolkata": "2025-03-05T21:30:00+05:30",
        },
    }


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "UTC-08:00", "Asia/Kolkata", "Asia/Calcutta"])
def test_fixed_readings_keep_the_table_right_all_year(charter, zone):
    found = objects(charter(), "--zone", zone, "--from", "2025-01-22", "--count", "26")

    assert {one["utc"][10:] for one in found} == {"T16:00:00Z"}
    assert all(one["table_is_right"] for one in found)
    assert len(found) == 26


def test_zone_outside_the_table_takes_the_time_of_the_first_call_there(charter):
    found = objects(charter(), "--zone", "Europe/Berlin", "--from", "2025-03-20", "--count", "2")

    # 16:00 UTC on 22 January is 17:00 in Berlin, and stays so when Berlin's clocks change on 30 March.
    assert [one["zones"]["Europe/Berlin"] for one in found] == [
        "2025-04-02T17:00:00+02:00",
        "2025-04-16T17:00:00+02:00",
    ]
    assert [one["table_is_right"] for one in found] == [False, False]


def test_denver_is_the_same_calls_as_los_angeles(charter):
    arguments = (charter(), "--from", "2025-06-01", "--count", "20")

    denver = objects(*arguments, "--zone", "America/Denver")
    angeles = objects(*arguments, "--zone", "US/Pacific")

    assert [(one["utc"], one["table_is_right"]) for one in denver] == [
        (one["utc"], one["table_is_right"]) for one in angeles
    ]


def test_plain_output_is_padded_columns(charter):
    code, output, error = run(
        charter(), "--zone", "America/Los_Angeles", "--zone", "Asia/Tokyo", "--from", "2026-10-20", "--count", "2"
    )

    assert code == 0
    assert output.splitlines() == [
        "Date             Los Angeles  Tokyo      Denver  Chicago  Kolkata  Charter’s table",
        "Wed 28 Oct 2026  08:00        Thu 00:00  09:00   10:00    20:30    wrong for IST",
        "Wed 11 Nov 2026  08:00        Thu 01:00  09:00   10:00    21:30    right",
    ]
    assert error.splitlines() == [
        "Meetings are every second Wednesday at 08:00 in Los Angeles.",
        "From 1 November 2026 the charter’s table is right again.",
        "From 14 March 2027 the charter’s table is wrong for IST.",
    ]


def test_table_that_is_always_right_is_said_to_be_so(charter):
    _, _, error = run(charter(), "--zone", "UTC", "--from", "2026-01-01")

    assert "The charter’s table is right all year." in error


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
def test_from_is_today_and_count_is_six_unless_said(charter):
    found = objects(charter(), "--zone", "UTC")

    assert [one["utc"][:10] for one in found] == [
        "2026-11-25", "2026-12-09", "2026-12-23", "2027-01-06", "2027-01-20", "2027-02-03",
    ]  # fmt: skip


def test_charter_with_a_clear_zone_asks_nothing(charter):
    text = "# Lights\n\n## Meetings\n\nWe meet every Tuesday at 18:00 Europe/Lisbon.\n"

    found = objects(charter(text), "--zone", "Asia/Tokyo", "--from", "2026-03-25", "--count", "2")

    assert [one["zones"] for one in found] == [
        {"Europe/Lisbon": "2026-03-31T18:00:00+01:00", "Asia/Tokyo": "2026-04-01T02:00:00+09:00"},
        {"Europe/Lisbon": "2026-04-07T18:00:00+01:00", "Asia/Tokyo": "2026-04-08T02:00:00+09:00"},
    ]
    assert found[0]["table_is_right"] is None
    assert found[0]["table_says"] == {}


def test_every_second_week_without_a_first_day_asks_for_one(charter):
    text = "# Lights\n\n## Meetings\n\nBi-weekly on Wednesdays at 16:00 UTC.\n"

    code, _, error = run(charter(text))
    found = objects(charter(text), "--first", "2026-01-07", "--from", "2026-01-10", "--count", "2")

    assert code == 2
    assert "Answer it with --first." in error
    assert [one["utc"] for one in found] == ["2026-01-21T16:00:00Z", "2026-02-04T16:00:00Z"]


def test_nth_weekday_needs_no_first_day(charter):
    text = "# Lights\n\n## Meetings\n\nOn the first Tuesday of each month at 15:00 UTC.\n"

    found = objects(charter(text), "--from", "2026-01-10", "--count", "2")

    assert [one["utc"] for one in found] == ["2026-02-03T15:00:00Z", "2026-03-03T15:00:00Z"]


def test_missing_days_and_time_are_asked_for(charter):
    text = "# Lights\n\n## Meetings\n\nWe meet once per month on WED or THU at 9:00PM UTC.\n"

    code, output, error = run(charter(text))
    found = objects(charter(text), "--days", "FREQ=MONTHLY;BYDAY=3TH", "--from", "2026-01-01", "--count", "1")

    assert (code, output) == (2, "")
    assert "--days" in error
    assert found[0]["utc"] == "2026-01-15T21:00:00Z"


def test_charter_without_meetings_says_so(charter):
    code, _, error = run(charter("# Lights\n\nWe keep the lights on.\n"))

    assert code == 2
    assert "says nothing about when the group meets" in error


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--zone", "PST"], "“PST” can mean more than one time zone"),
        (["--zone", "Europe/Berln"], "Did you mean Europe/Berlin"),
        (["--zone", "../../etc/passwd"], "There is no time zone called"),
        (["--zone", "UTC", "--from", "tomorrow"], "--from “tomorrow” is not a date"),
        (["--zone", "UTC", "--from", "2026-02-30"], "is not a date"),
        (["--zone", "UTC", "--from", "0001-01-01"], "out of reach"),
        (["--zone", "UTC", "--from", "9999-12-31"], "out of reach"),
        (["--zone", "UTC", "--count", "0"], "0 is not in the range"),
        (["--zone", "UTC", "--count", "501"], "501 is not in the range"),
        (["--zone", "UTC", "--count", "many"], "not a valid integer"),
        (["--zone", "America/Sao_Paulo/x"], "There is no time zone called"),
    ],
)
def test_wrong_options_are_refused_in_words(charter, arguments, words):
    code, output, error = run(charter(), *arguments)

    assert (code, output) == (2, "")
    assert words in error


def test_unreadable_files_are_refused_in_words(tmp_path):
    binary = tmp_path / "charter.md"
    binary.write_bytes(bytes(range(256)) * 20)

    missing_code, _, missing = run(str(tmp_path / "nothing.md"))
    binary_code, _, refused = run(str(binary))

    assert (missing_code, binary_code) == (2, 2)
    assert "nothing.md cannot be read: No such file or directory." in missing
    assert refused.strip()


def test_far_future_is_reached(charter):
    found = objects(charter(), "--zone", "UTC", "--from", "9900-01-01", "--count", "1")

    assert found[0]["utc"].startswith("9900-01-")


def test_largest_count_is_quick(charter):
    found = objects(charter(), "--zone", "America/Los_Angeles", "--from", "2025-01-22", "--count", "500")

    assert len(found) == 500


def test_command_is_reached_by_its_name(charter, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["times", charter(), "--zone", "UTC", "--from", "2026-01-01", "--count", "1", "--json"])

    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)[0]["utc"] == "2026-01-07T16:00:00Z"


def test_no_django_is_loaded(charter):
    code = (
        "import sys; from folkmoot.cli import main\n"
        "try: main(['times', sys.argv[1], '--zone', 'UTC', '--json'])\n"
        "except SystemExit as ended: assert ended.code == 0\n"
        "found = [name for name in sys.modules if name.partition('.')[0] in ('django', 'rich')]\n"
        "assert not found, found"
    )

    done = subprocess.run([sys.executable, "-c", code, charter()], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_terminal_gets_a_table_and_honours_no_color(charter, monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    listed = times.next_times(
        times.settled(read(charter()), {"zone": "America/Los_Angeles"}, date(2026, 10, 20)), [], date(2026, 10, 20), 2
    )

    times.show(listed)
    coloured = capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    times.show(listed)
    plain = capsys.readouterr().out

    assert "\x1b[1;31mwrong for IST" in coloured
    assert "wrong for IST" in plain
    assert "31m" not in plain
    assert "Los Angeles" in plain


def read(path):
    from folkmoot.groups.domain import charter as charters

    return charters.read(Path(path).read_bytes(), today=date(2026, 10, 20))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real charters are not part of the repository")
def test_real_charter():
    path = str(REAL / "community-engagement.md")

    asked, _, _ = run(path)
    wall = objects(path, "--zone", "America/Los_Angeles", "--from", "2025-01-01", "--count", "26")
    fixed = objects(path, "--zone", "UTC", "--from", "2025-01-01", "--count", "26")

    wrong = [one["utc"][:10] for one in wall if not one["table_is_right"]]
    assert asked == 2
    assert (wrong[0], wrong[-1], len(wrong)) == ("2025-03-19", "2025-10-29", 17)
    assert all(one["table_is_right"] for one in fixed)
    assert wall[0]["utc"] == fixed[0]["utc"] == "2025-01-22T16:00:00Z"
