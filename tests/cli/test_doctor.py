"""`folkmoot doctor`: each thing that can be wrong is found, and said with what to do."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from folkmoot.cli import doctor, entrance
from folkmoot.config.env import MailBox
from folkmoot.ledger.models import ScheduledJob
from folkmoot.notices.models import Letter
from tests.cli.running import run

NAMES = [
    "settings",
    "data folder",
    "static files",
    "database",
    "migrations",
    "database content",
    "worker",
    "tasks",
    "ledger",
    "mail",
    "mail that arrives",
    "calendars kept elsewhere",
    "files",
    "documents",
    "backups",
]


@pytest.fixture
def _sound(settings, tmp_path, monkeypatch) -> None:
    """An installation in which everything is as it should be."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.STATIC_ROOT = tmp_path
    settings.DATA_FOLDER = tmp_path / "data"
    settings.BACKUP_FOLDER = tmp_path
    (tmp_path / "folkmoot-20261126T030000Z.tar.gz").write_bytes(b"")
    settings.MAIL_SERVER = SimpleNamespace(host="mail.example.org")
    monkeypatch.setattr("folkmoot.desk.findings.pdf_can_be_made", lambda: True)
    ScheduledJob.objects.create(name="a job", next_due=timezone.now() + timedelta(minutes=5))


def found() -> dict[str, tuple[str, str]]:
    return {finding.name: (finding.state, finding.words) for finding in doctor.look()}


@pytest.mark.django_db
@pytest.mark.usefixtures("_sound")
def test_sound_installation_is_well() -> None:
    shown = CliRunner().invoke(entrance, ["doctor"])

    assert shown.exit_code == 0
    assert [line.split(":")[0] for line in shown.output.splitlines()] == [f"✓ {name}" for name in NAMES]


@pytest.mark.django_db
@pytest.mark.usefixtures("_sound")
def test_findings_for_programs() -> None:
    shown = CliRunner().invoke(entrance, ["doctor", "--json"])

    findings = json.loads(shown.output)
    assert [finding["name"] for finding in findings] == NAMES
    assert {finding["state"] for finding in findings} == {"well"}


def stop_worker(settings) -> None:
    ScheduledJob.objects.update(next_due=timezone.now() - timedelta(minutes=10))


def fail_task(settings) -> None:
    DBTaskResult.objects.create(
        task_path="a.task", args_kwargs={}, backend_name="default", run_after=timezone.now(), status="FAILED",
        finished_at=timezone.now(), traceback="Traceback…\nValueError: as asked\n",
    )  # fmt: skip


def give_up_letter(settings) -> None:
    Letter.objects.create(
        message_id="1", sender="a@example.org", recipient="b@example.org", subject="Hello", text="Hello",
        given_up_at=timezone.now(), last_problem="550 no such user",
    )  # fmt: skip


def no_mail_server(settings) -> None:
    settings.MAIL_SERVER = None


def never_looked_into_the_mailbox(settings) -> None:
    settings.MAIL_BOX, settings.BOUNCE_ADDRESS = (
        MailBox("mail.example.org", 993, "in", "x", "INBOX", tls=True),
        "i@b.org",
    )


def open_without_tls(settings) -> None:
    settings.HOST = "0.0.0.0"


def show_errors_to_all(settings) -> None:
    settings.HOST, settings.DEBUG = "0.0.0.0", True


def lose_static_files(settings) -> None:
    (settings.STATIC_ROOT / "staticfiles.json").unlink()


def block_folder(settings) -> None:
    settings.DATA_FOLDER.write_text("")


@pytest.mark.django_db
@pytest.mark.usefixtures("_sound")
@pytest.mark.parametrize(
    ("break_it", "name", "state", "words"),
    [
        (stop_worker, "worker", "broken", "folkmoot worker"),
        (fail_task, "tasks", "warning", "1 failed in the last week, at last a.task: ValueError: as asked"),
        (give_up_letter, "mail", "warning", "550 no such user"),
        (no_mail_server, "mail", "warning", "SMTP_URL"),
        (never_looked_into_the_mailbox, "mail that arrives", "warning", "folkmoot mail fetch"),
        (open_without_tls, "settings", "warning", "FOLKMOOT_ADDRESS"),
        (show_errors_to_all, "settings", "broken", "FOLKMOOT_DEBUG"),
        (lose_static_files, "static files", "broken", "make setup"),
        (block_folder, "data folder", "broken", "FOLKMOOT_DATA"),
    ],
)
def test_fault_is_found(settings, break_it, name, state, words) -> None:
    break_it(settings)

    assert found()[name][0] == state
    assert words in found()[name][1]
    assert {other for other, (condition, _) in found().items() if condition != "well"} == {name}
    assert CliRunner().invoke(entrance, ["doctor"]).exit_code == (1 if state == "broken" else 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("_sound")
def test_little_space_is_found(monkeypatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=3 * 1024**2))

    assert found()["data folder"][0] == "warning"
    assert "3 MB" in found()["data folder"][1]


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("_sound")
def test_database_too_damaged_to_be_asked_is_found(monkeypatch) -> None:
    def malformed() -> None:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr(connection, "cursor", malformed)

    findings = found()

    assert list(findings)[-1] == "database content"
    assert findings["database content"][0] == "broken"
    assert "malformed" in findings["database content"][1]


@pytest.mark.slow
@pytest.mark.xdist_group("processes")
def test_doctor_before_a_first_start(place) -> None:
    before = run("doctor", "--json", FOLKMOOT_SAMPLE="0", **place)

    assert before.returncode == 1
    assert {finding["name"]: finding["state"] for finding in json.loads(before.stdout)}["migrations"] == "broken"
