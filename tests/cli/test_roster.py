from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.invite import invite
from folkmoot.cli.roster import roster
from folkmoot.groups.models import Invitation, Participation, Power
from folkmoot.notices.models import Letter
from folkmoot.people.models import Person
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

LIST = "Who,Mail,Role\nInês,ines@example.org,Observers\nJörg,joerg@example.org,\n"
SLUG = "lantern-working-group"


@pytest.fixture
def lantern(db):
    organisation()
    return group()


def run(command, *words: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(command, words, input=text)


def test_import_takes_a_list_in(lantern):
    done = run(roster, "import", "-", "--group", SLUG, "--map", "name=Who", "--yes", text=LIST)

    assert done.exit_code == 0, done.output
    assert done.stdout == "        2  new here\n"
    assert done.stderr == "Taken in: 2 people.\n"
    assert Participation.objects.filter(group=lantern).count() == 2
    assert not Letter.objects.exists()


def test_dry_run_changes_nothing_and_is_told_as_json(lantern):
    done = run(roster, "import", "-", "--group", SLUG, "--dry-run", "--json", text=LIST)

    assert json.loads(done.stdout) == {
        "columns": {"name": "Who", "email": "Mail", "role": "Role"},
        "rows": {"new": 2},
        "problem_count": 0,
        "problems": [],
    }
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("words", "text", "code", "said"),
    [
        (["--group", "nowhere"], LIST, 3, "There is no group at the address nowhere."),
        (["--group", SLUG, "--map", "shoe=Who"], LIST, 2, "not “shoe”"),
        (["--group", SLUG, "--map", "name=Shoe"], LIST, 2, "There is no column “Shoe”"),
        (["--group", SLUG, "--map", "name=9"], LIST, 2, "There is no column “9”"),
        (["--group", SLUG], LIST, 2, "Say --yes"),
        (["--group", SLUG, "--yes"], LIST + "Eve,nowhere,\x1b\n", 1, "Line 4: “nowhere” is not an e-mail address."),
        (["--group", SLUG, "--welcome"], LIST + "Eve,nowhere,\n", 1, "Nothing was taken in"),
    ],
)
def test_import_says_why_it_does_nothing(lantern, words, text, code, said):
    done = run(roster, "import", "-", *words, text=text)

    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    assert "\x1b" not in done.stderr
    assert not Person.objects.exists()


def test_export_is_what_import_takes(lantern):
    join(PersonFactory(name="+49 30", email="ben@example.org"), lantern, Power.OBSERVE)

    taken_out = run(roster, "export", "--group", SLUG)
    back = run(roster, "import", "-", "--group", SLUG, text=taken_out.stdout_bytes)

    assert "'+49 30,ben@example.org,Observers,Europe/Lisbon,," in taken_out.stdout
    assert back.stdout == "        1  is here already\n"


def test_invite_sends_one_mail(lantern):
    dry = run(invite, "ines@example.org", "--group", SLUG, "--role", "observers", "--dry-run")
    assert (dry.exit_code, Invitation.objects.count(), Person.objects.count()) == (0, 0, 0)

    done = run(invite, "ines@example.org", "--group", SLUG, "--role", "observers", "--name", "Inês")

    assert done.stderr == "ines@example.org is invited to Lantern Working Group, among the Observers.\n"
    assert Letter.objects.get().recipient == "ines@example.org"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ines@example.org", "--group", "nowhere"], 3),
        (["ines@example.org", "--group", SLUG, "--role", "Managers"], 3),
        (["nobody", "--group", SLUG], 2),
        (["ben@example.org", "--group", SLUG], 5),
    ],
)
def test_invite_says_why_it_does_nothing(lantern, words, code):
    join(PersonFactory(email="ben@example.org"), lantern)

    assert run(invite, *words).exit_code == code
    assert not Invitation.objects.exists()


ROWS = 80_000
LOOK_AT_MANY = """
import os, resource, sys
os.environ.update(FOLKMOOT_DATA=sys.argv[2], DJANGO_SETTINGS_MODULE="folkmoot.config.settings")
import django
django.setup()
from folkmoot.groups.models import Group, Role
from folkmoot.groups.roster import compare, report_of, roster_file
group = Group.objects.create(slug="oak", name="Oak")
Role.objects.create(group=group, position=0, name="Participants", power="take_part")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as stream:
    report = report_of(compare(group, roster_file(stream)))
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(report.rows, report.problem_count, report.problems[0].line, grown // 1024)
"""


@pytest.mark.sqlite
def test_very_many_rows_with_one_bad_one_near_the_end_are_read_in_bounded_memory(tmp_path: Path, migrated: Path):
    """One bad row near the end keeps all out; memory grows by a mark for each address, not by rows."""
    file = tmp_path / "people.csv"
    with file.open("w") as out:
        out.write("Name,E-mail\n")
        for number in range(1, ROWS + 1):
            out.write(f"P,{'nowhere' if number == ROWS - 1 else f'p{number}@example.org'}\n")

    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AT_MANY, file, tmp_path / "data"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    rows, problems, line, megabytes = map(int, done.stdout.split())
    assert (rows, problems, line) == (ROWS - 1, 1, ROWS)
    assert megabytes < 60
