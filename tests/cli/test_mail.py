"""`folkmoot mail` and `folkmoot notice`, and a worker that is killed between handing a mail over and noting it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner
from django.utils import timezone

from folkmoot.cli import entrance
from folkmoot.config.env import MailBox, MailServer
from folkmoot.notices.actions import tell
from folkmoot.notices.models import Address, Arrival, Letter
from folkmoot.notices.notices import AddressPaused
from folkmoot.notices.return_path import return_path
from tests.cli.running import FOLKMOOT, alive, environment, free_port, run, until
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.imap_server import ImapServer, Mailbox
from tests.notices.mails import bounce

NOTICE = AddressPaused(address="a@example.org", problem="", since="2026-05-01")


class Server:
    """A mail server that keeps what it takes, or refuses, and does something once it has taken a mail."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.mails: list[bytes] = []
        self.then = lambda: None
        self.port = free_port()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  as aiosmtpd calls it
        self.mails.append(envelope.content)
        self.then()
        return self.answer


@pytest.fixture
def serve_mail():
    """`serve_mail("550 no")` starts a mail server on this machine."""
    running = []

    def start(answer: str = "250 OK") -> Server:
        server = Server(answer)
        controller = Controller(server, hostname="127.0.0.1", port=server.port)
        controller.start()
        running.append(controller)
        return server

    yield start
    for controller in running:
        controller.stop()


def command(*words: str, stdin: bytes = b""):
    return CliRunner().invoke(entrance, list(words), input=stdin)


@pytest.mark.django_db
def test_fetch_says_what_was_taken_in_or_why_not(settings) -> None:
    settings.MAIL_BOX = None
    nowhere = command("mail", "fetch")
    with ImapServer(Mailbox(mails={1: b"Hello", 2: b"Withheld"}, withheld={2}, password="right")) as server:
        settings.MAIL_BOX = MailBox("127.0.0.1", server.port, "in@example.com", "right", "INBOX", tls=False)
        taken = command("mail", "fetch")
        settings.MAIL_BOX = MailBox("127.0.0.1", server.port, "in@example.com", "wrong", "INBOX", tls=False)
        refused = command("mail", "fetch")
        server.shutdown()

    assert (nowhere.exit_code, "FOLKMOOT_IMAP_URL" in nowhere.output) == (1, True)
    assert taken.exit_code == 0
    assert taken.output == "Mails taken in: 1.\nMails that the server did not give: 1.\n"
    assert refused.exit_code == 6
    assert "does not take the user and the password" in refused.output
    assert "wrong" not in refused.output


@pytest.mark.django_db
def test_test_mail_says_what_the_server_answered(settings, serve_mail) -> None:
    good, bad = serve_mail(), serve_mail("554 5.7.1 not from you")

    settings.MAIL_SERVER = None
    nowhere = command("mail", "test", "ada@example.org")
    settings.MAIL_SERVER = MailServer("127.0.0.1", good.port, "", "", "plain")
    taken = command("mail", "test", "ada@example.org")
    no_address = command("mail", "test", "nonsense")
    settings.MAIL_SERVER = MailServer("127.0.0.1", bad.port, "", "", "plain")
    refused = command("mail", "test", "ada@example.org")
    settings.MAIL_SERVER = MailServer("127.0.0.1", free_port(), "", "", "plain")
    silent = command("mail", "test", "ada@example.org")

    assert (nowhere.exit_code, "SMTP_URL" in nowhere.output) == (1, True)
    assert (taken.exit_code, "took it as <" in taken.output, len(good.mails)) == (0, True, 1)
    assert no_address.exit_code == 1
    assert (refused.exit_code, "not from you" in refused.output) == (6, True)
    assert (silent.exit_code, "ConnectionRefusedError" in silent.output) == (6, True)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_mail_from_a_pipe_is_taken_in(settings) -> None:
    settings.BOUNCE_ADDRESS = "in@example.com"
    ada = PersonFactory()
    tell([ada], NOTICE)
    to = return_path(Letter.objects.get().pk)

    by_header = command("mail", "receive", stdin=bounce(to))
    nonsense = command("mail", "receive", stdin=b"\xff\x00nonsense")
    by_envelope = command("mail", "receive", "--recipient", to, stdin=bounce("x@example.org"))

    assert (by_header.exit_code, by_header.output.split(":")[0]) == (0, "hard_bounce")
    assert (nonsense.exit_code, nonsense.output) == (0, "not_for_us.\n")
    assert by_envelope.output.split(":")[0] == "known"
    assert Address.objects.get().address == ada.email
    assert Arrival.objects.count() == 3


@pytest.mark.django_db
def test_notices_of_a_person_are_listed() -> None:
    organisation()
    ada = PersonFactory(name="Ada\x1b[31m")
    before = command("notice", "list", "--person", ada.email)
    tell([ada], NOTICE)

    listed = command("notice", "list", "--person", ada.email.upper())
    for_programs = command("notice", "list", "--person", ada.email, "--json")
    nobody = command("notice", "list", "--person", "nobody@example.org")

    assert "was told nothing yet" in before.output
    assert "\x1b" not in before.output
    assert "Mail to you comes back  [app sent, mail waiting]" in listed.output
    (row,) = json.loads(for_programs.output)
    assert row["kind"] == "notices.address_paused"
    assert row["ways"] == {"app": {"state": "sent", "reason": ""}, "mail": {"state": "waiting", "reason": ""}}
    assert nobody.exit_code == 3


def ask(folder: str, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(Path(folder) / "folkmoot.sqlite3", timeout=30)) as database, database:
        return database.execute(sql).fetchall()


TELLING = """
from django.db import transaction
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.notices.notices import AddressPaused
from folkmoot.people.actions import add_person
with transaction.atomic():
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    tell([ada], AddressPaused(address="ada@example.org", problem="", since="1"))
"""


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.xdist_group("processes")
def test_worker_killed_after_handing_over_leaves_one_identity_and_one_telling(ready, serve_mail) -> None:
    server = serve_mail()
    ours = ready | {"FOLKMOOT_SAMPLE": "0", "SMTP_URL": f"smtp://127.0.0.1:{server.port}"}
    folder = ours["FOLKMOOT_DATA"]
    assert run("manage", "shell", "--verbosity=0", "-c", TELLING, **ours).returncode == 0

    def work() -> subprocess.Popen:
        return subprocess.Popen([FOLKMOOT, "worker"], env=environment(**ours), stderr=subprocess.DEVNULL)

    with work() as first:
        server.then = lambda: os.kill(first.pid, signal.SIGKILL)
        assert until(lambda: not alive([first.pid]))
    server.then = lambda: None
    in_between = ask(folder, "SELECT sent_at, attempts FROM notices_letter")
    taken = len(server.mails)
    # A quarter of an hour later the task counts as stranded.
    ask(folder, "UPDATE django_tasks_database_dbtaskresult SET started_at = '2020-01-01' WHERE status = 'RUNNING'")
    ask(folder, "DELETE FROM ledger_scheduledjob")
    with work() as second:
        assert until(lambda: ask(folder, "SELECT count(*) FROM notices_letter WHERE sent_at IS NOT NULL") == [(1,)])
        second.send_signal(signal.SIGTERM)

    ((identity,),) = ask(folder, "SELECT message_id FROM notices_letter")
    assert (in_between, taken) == ([(None, 0)], 1)
    assert [mail.count(b"Message-ID: " + identity.encode()) for mail in server.mails] == [1, 1]
    assert ask(folder, "SELECT count(*) FROM notices_telling") == [(1,)]
    assert sorted(ask(folder, "SELECT channel, state FROM notices_delivery")) == [("app", "sent"), ("mail", "sent")]
    assert ask(folder, "SELECT kind FROM ledger_entry") == [("people.added",)]


@pytest.mark.django_db
def test_doctor_counts_paused_addresses_and_mails_that_wait(settings, freeze) -> None:
    from folkmoot.desk.findings import mail_finding

    clock = freeze("2026-05-01T12:00Z")
    settings.MAIL_SERVER = MailServer("mail.example.org", 25, "", "", "plain")
    tell([PersonFactory()], NOTICE)
    at_once = mail_finding()
    Address.objects.create(address="b@example.org", paused_at=timezone.now())
    clock.shift(3601)
    later = mail_finding()

    assert (at_once.state, at_once.words) == ("well", "is handed over to mail.example.org.")
    assert later.state == "warning"
    assert "since more than an hour: 1;" in later.words
    assert "from which mail came back: 1." in later.words
