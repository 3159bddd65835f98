"""`folkmoot up` and `setup` as people meet them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from folkmoot.cli.serve import first_steps
from folkmoot.groups.models import CharterVersion, Group
from folkmoot.ledger.models import Entry
from folkmoot.meetings.models import Series
from folkmoot.organisation.models import Organisation
from folkmoot.people.models import Person
from tests.cli.running import run, run_here, serving
from tests.factories.groups import CHARTER

pytestmark = pytest.mark.django_db

OPEN = CHARTER.replace("at 08:00 America/Los_Angeles", "at 8 am PST")
REAL = Path(__file__).resolve().parents[3] / "shared" / "charters" / "community-engagement.md"


def in_a_process(test):
    """For tests that start what people start; the others run the same command in their own process."""
    return pytest.mark.slow(pytest.mark.xdist_group("processes")(test))


@pytest.fixture
def charter(tmp_path) -> Path:
    file = tmp_path / "charter.md"
    file.write_text(CHARTER, encoding="utf-8")
    return file


def rows(place: dict[str, str], query: str) -> list[tuple]:
    file = Path(place["FOLKMOOT_DATA"]) / "folkmoot.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


@in_a_process
def test_up_gives_the_group_a_home_and_prints_its_address(ready, charter):
    done = run("up", str(charter), "--yes", "--manager", "ada@example.org", **ready)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "http://localhost:8000/groups/lantern-working-group/\n"
    assert rows(ready, "SELECT count(*) FROM meetings_meeting")[0][0] >= 6
    assert rows(ready, "SELECT p.email, r.power FROM groups_participation g JOIN people_person p ON p.id = g.person_id "
                       "JOIN groups_role r ON r.id = g.role_id") == [("ada@example.org", "manage")]  # fmt: skip


def test_up_sets_the_group_below_another_or_stops_before_anything_is_made(charter, tmp_path):
    below = tmp_path / "below.md"
    below.write_text("# Below\n", encoding="utf-8")
    run_here("up", str(charter), "--yes")

    nowhere = run_here("up", str(below), "--yes", "--parent", "nowhere")
    before = Group.objects.count()
    done = run_here("up", str(below), "--yes", "--parent", "lantern-working-group")

    assert (nowhere.returncode, before) == (3, 1)
    assert done.returncode == 0, done.stderr
    assert list(Group.objects.exclude(parent=None).values_list("slug", "parent__slug")) == [
        ("below", "lantern-working-group")
    ]


def test_up_twice_changes_nothing(charter):
    first = run_here("up", str(charter), "--yes")
    before = Entry.objects.count()

    second = run_here("up", str(charter), "--yes")

    assert second.returncode == 0
    assert second.stdout == first.stdout
    assert "Nothing was changed" in second.stderr
    assert Entry.objects.count() == before


def test_up_with_a_changed_file_says_what_differs_and_leaves_the_group(charter):
    run_here("up", str(charter), "--yes")
    charter.write_text(CHARTER.replace("every second Wednesday", "every Wednesday"), encoding="utf-8")

    done = run_here("up", str(charter), "--yes")

    assert done.returncode == 5
    assert "- We meet every second Wednesday" in done.stdout
    assert "+ We meet every Wednesday" in done.stdout
    assert "left as it is" in done.stderr or "left as it was" in done.stderr
    assert CharterVersion.objects.count() == 1


def test_up_with_an_open_zone_refuses_and_names_the_flag(tmp_path):
    file = tmp_path / "open.md"
    file.write_text(OPEN, encoding="utf-8")

    refused = run_here("up", str(file), "--yes")
    answered = run_here("up", str(file), "--yes", "--zone", "America/Los_Angeles")

    assert refused.returncode == 2
    assert "In which time zone" in refused.stderr
    assert "--zone America/Los_Angeles" in refused.stderr
    assert "Nothing was changed." in refused.stderr
    assert answered.returncode == 0, answered.stderr


@pytest.mark.parametrize(
    ("flag", "value"), [("--zone", "PST"), ("--zone", "Moon/Base"), ("--first", "soon"), ("--time", "25:99")]
)
def test_up_refuses_a_flag_that_cannot_be_used(tmp_path, flag, value):
    text = OPEN.replace("at 8 am PST, starting Wed, Jan 22 2025", "") if flag == "--time" else OPEN
    text = text.replace(", starting Wed, Jan 22 2025", "") if flag == "--first" else text
    file = tmp_path / "open.md"
    file.write_text(text, encoding="utf-8")

    done = run_here("up", str(file), "--yes", flag, value)

    assert done.returncode == 2
    assert value in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "text"), (b"= Title\n:toc:\n\n== Part\n", "AsciiDoc"), (b"x" * 300_000, "256")],
)
def test_up_refuses_files_that_are_no_charter(tmp_path, content, words):
    file = tmp_path / "broken.md"
    file.write_bytes(content)

    done = run_here("up", str(file), "--yes")

    assert done.returncode == 2
    assert words in done.stderr


def test_up_does_all_or_nothing(charter):
    emails = [word for n in range(4) for word in ("--manager", f"m{n}@example.org")]

    done = run_here("up", str(charter), "--yes", *emails)

    assert done.returncode == 1
    assert "All 3 seats" in done.stderr
    assert not Group.objects.exists()
    assert not Person.objects.exists()


def test_up_says_when_a_flag_answers_nothing(charter):
    done = run_here("up", str(charter), "--yes", "--zone", "Asia/Tokyo")
    wrong = run_here("up", str(charter), "--yes", "--zone", "Moon/Base")

    assert done.returncode == 0, done.stderr
    assert "--zone Asia/Tokyo answers nothing here" in done.stderr
    assert Series.objects.get().zone == "America/Los_Angeles"
    assert wrong.returncode == 2
    assert "Moon/Base" in wrong.stderr


def test_group_made_by_up_is_still_set_up_in_the_browser(charter):
    assert run_here("up", str(charter), "--yes").returncode == 0

    (line,) = first_steps("127.0.0.1")

    assert line.startswith("Found your community at http://localhost:8000/")


def test_up_without_a_file_says_so():
    done = run_here("up", "nowhere.md", "--yes")

    assert done.returncode == 2
    assert "nowhere.md" in done.stderr


@in_a_process
@pytest.mark.skipif(not REAL.exists(), reason="the charter it is first built for is not in this checkout")
def test_up_runs_the_group_it_is_first_built_for(ready):
    refused = run("up", str(REAL), "--yes", **ready)
    done = run("up", str(REAL), "--yes", "--zone", "America/Los_Angeles", **ready)
    with serving(**ready) as served:
        address = done.stdout.strip().removeprefix("http://localhost:8000")
        page, feed = served.get(address)[1], served.get(f"{address}calendar.ics")[1]

    assert refused.returncode == 2
    assert done.returncode == 0, done.stderr
    assert "every second Wednesday" in page
    assert "Membership Model Exploration" in page
    assert "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE" in feed
    assert "DTSTART;TZID=America/Los_Angeles:20250122T080000" in feed


def test_setup_founds_and_renames_the_organisation():
    first = run_here(
        "setup",
        "--organisation",
        "Oak",
        "--zone",
        "Europe/Lisbon",
        "--steward",
        "ada@example.org",
        "--name",
        "Ada",
    )
    again = run_here("setup", "--organisation", "Elm", "--zone", "UTC")

    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("http://localhost:8000/sign-in/once/")
    assert again.returncode == 0, again.stderr
    assert Organisation.objects.get().name == "Elm"
    assert list(Person.objects.values_list("email", "is_steward")) == [("ada@example.org", True)]
