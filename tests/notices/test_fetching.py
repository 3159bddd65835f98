"""Mail is fetched from a mailbox: once, nothing lost, and a server that fails is said in a sentence."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connections
from django.utils import timezone

from folkmoot.config import env
from folkmoot.config.env import BadSetting, MailBox
from folkmoot.desk.findings import arriving_finding
from folkmoot.notices import mailbox
from folkmoot.notices.actions import fetch_mail
from folkmoot.notices.actions.fetching import wait_after
from folkmoot.notices.inbound import INBOUND, Handler, Inbound
from folkmoot.notices.models import Arrival, MailBoxState
from folkmoot.notices.return_path import address_for
from folkmoot.notices.tasks import take_in_mail
from tests.notices.imap_server import ImapServer, Mailbox
from tests.notices.mails import reply

PASSWORD = "a b@c"


@pytest.fixture
def served(settings) -> Iterator[Mailbox]:
    """A mailbox on this machine, in the settings."""
    settings.BOUNCE_ADDRESS = "in@example.com"
    box = Mailbox(password=PASSWORD)
    with ImapServer(box) as server:
        settings.MAIL_BOX = MailBox("127.0.0.1", server.port, "in@example.com", PASSWORD, "INBOX", tls=False)
        yield box
        server.shutdown()


@pytest.fixture
def answers(monkeypatch) -> list[int]:
    """The references of what a handler of the kind "rsvp" was given."""
    given: list[int] = []

    def handle(inbound: Inbound) -> None:
        if "poison" in inbound.text:
            raise ZeroDivisionError
        given.append(inbound.reference)

    monkeypatch.setattr(INBOUND, "_entries", dict(INBOUND._entries))
    INBOUND.register("rsvp", Handler("Answers", handle))
    return given


def fetch(settings) -> mailbox.Taken:
    return fetch_mail(settings.MAIL_BOX, now=timezone.now())


def mails(*numbers: int) -> dict[int, bytes]:
    return {10 + number: reply(address_for("rsvp", number)) for number in numbers}


@pytest.mark.django_db
def test_unread_mails_are_taken_in_once_and_marked(settings, served, answers):
    served.mails, served.seen = mails(1, 2, 3), {12}

    first, second = fetch(settings), fetch(settings)

    assert (first, second) == (mailbox.Taken(2), mailbox.Taken())
    assert answers == [1, 3]
    assert served.seen == {11, 12, 13}
    finding = arriving_finding()
    assert (finding.state, finding.words) == ("well", "is taken from a mailbox.")


@pytest.mark.django_db
@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN"])
def test_password_is_given_in_either_way_and_never_shown(settings, served, caplog, capabilities):
    served.capabilities = capabilities
    right = fetch(settings)
    served.password = "another"

    wrong = fetch(settings)

    assert (right.problem, "does not take the user and the password of FOLKMOOT_IMAP_URL" in wrong.problem) == (
        "",
        True,
    )
    assert "does not take the user and the password" in arriving_finding().words
    assert PASSWORD not in caplog.text + wrong.problem + repr(settings.MAIL_BOX)


@pytest.mark.django_db
def test_password_beyond_ascii_is_taken_by_plain_and_else_refused_in_words(settings, served):
    served.password = "bäume"
    port = settings.MAIL_BOX.port
    settings.MAIL_BOX = MailBox("127.0.0.1", port, "in@example.com", "bäume", "INBOX", tls=False)

    by_login = fetch(settings)
    served.capabilities = "IMAP4rev1 AUTH=PLAIN"

    assert "does not take the user and the password" in by_login.problem
    assert fetch(settings).problem == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cut", "handled_before"),
    [("greeting", []), ("mail", []), ("mark", [1])],
)
def test_connection_that_is_cut_loses_nothing_and_takes_nothing_twice(settings, served, answers, cut, handled_before):
    served.mails, served.cut = mails(1, 2), cut

    broken = fetch(settings)
    before, marked = list(answers), set(served.seen)
    whole = fetch(settings)

    assert "the connection was cut" in broken.problem
    assert (before, marked) == (handled_before, set())
    assert whole == mailbox.Taken(2)
    assert sorted(answers) == [1, 2]
    assert served.seen == {11, 12}
    assert sorted(Arrival.objects.values_list("outcome", flat=True)) == ["handled", "handled"]


@pytest.mark.django_db
def test_mail_that_is_handled_badly_fails_the_job_and_holds_up_no_other(settings, served, answers):
    served.mails = {10: reply(address_for("rsvp", 9), body="poison"), **mails(1, 2)}

    with pytest.raises(ZeroDivisionError):
        take_in_mail.call()
    before = list(answers)
    with pytest.raises(ZeroDivisionError):
        take_in_mail.call()

    assert (before, answers) == ([], [1, 2])
    assert served.seen == {11, 12}


@pytest.mark.django_db
def test_mail_that_is_broken_too_large_or_withheld_is_passed_over(settings, served, answers):
    served.mails = {8: b"x" * 3_000_000, 9: b"\xff\0\r\nTo: \xfe", 10: b"withheld", **mails(1)}
    served.withheld = {10}

    taken = fetch(settings)

    assert taken == mailbox.Taken(mails=3, passed_over=1)
    assert answers == [1]
    assert served.seen == {8, 9, 11}
    assert sorted(Arrival.objects.values_list("outcome", flat=True)) == ["handled", "not_for_us", "too_large"]
    assert "does not give: 1" in arriving_finding().words


@pytest.mark.django_db
def test_look_is_bounded_in_mails_size_and_time(settings, served, answers, monkeypatch):
    monkeypatch.setattr(mailbox, "AT_ONCE", 2)
    served.mails = mails(1, 2, 3)
    two = fetch(settings)
    monkeypatch.setattr(mailbox, "SECONDS_AT_ONCE", -1)
    none = fetch(settings)
    monkeypatch.undo()
    served.announced = 50_000_000

    too_much = fetch(settings)

    assert (two.mails, none) == (2, mailbox.Taken())
    assert "the connection was cut" in too_much.problem


@pytest.mark.django_db
def test_server_that_says_nothing_is_given_up(settings, monkeypatch):
    import socket

    monkeypatch.setattr(mailbox, "SECONDS_TO_ANSWER", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.MAIL_BOX = MailBox("127.0.0.1", silent.getsockname()[1], "in", "secret", "INBOX", tls=False)
        no_answer = fetch(settings)
    gone = fetch(settings)

    assert "no answer in" in no_answer.problem
    assert "cannot be reached" in gone.problem
    assert "Connection refused" in gone.problem


@pytest.mark.django_db
def test_server_that_falls_silent_in_the_middle_is_waited_for_once(settings, served, answers, monkeypatch):
    monkeypatch.setattr(mailbox, "SECONDS_TO_ANSWER", 0.2)
    served.mails = mails(1)
    served.silent_at = "FETCH"

    silent = fetch(settings)

    assert "no answer in" in silent.problem
    assert [words.split()[0] for words in served.asked][-2:] == ["UID", "UID"]
    assert "LOGOUT" not in served.asked


@pytest.mark.django_db
def test_folder_that_is_not_there_or_only_read_is_said(settings, served):
    served.folder = "Elsewhere"
    missing = fetch(settings)
    served.folder, served.read_only = "INBOX", True

    only_read = fetch(settings)

    assert "does not open the folder “INBOX”" in missing.problem
    assert "does not open the folder “INBOX”" in only_read.problem


@pytest.mark.django_db
def test_mailbox_that_fails_is_left_alone_for_longer_each_time(settings, served, freeze, caplog):
    clock = freeze("2026-05-01T12:00Z")
    served.password = "another"

    for _minute in range(8):
        take_in_mail.call()
        clock.shift(timedelta(minutes=1))
    tried = served.asked.count("LOGIN")
    served.password = PASSWORD
    clock.shift(timedelta(hours=1))
    take_in_mail.call()

    assert tried == 3  # after 0, 2 and 6 minutes
    assert caplog.text.count("cannot be read") == 1
    assert (MailBoxState.objects.get().failures, arriving_finding().state) == (0, "well")
    assert [wait_after(failures) for failures in (6, 900)] == [timedelta(hours=1)] * 2


@pytest.mark.django_db
def test_finding_says_what_is_missing(settings, served, tmp_path):
    never = arriving_finding().words
    settings.BOUNCE_ADDRESS = ""
    no_address = arriving_finding().words
    settings.MAIL_BOX, settings.MAILDIR = None, tmp_path
    no_maildir = arriving_finding().words
    settings.MAILDIR = None

    assert "folkmoot mail fetch" in never
    assert "FOLKMOOT_BOUNCE_ADDRESS" in no_address
    assert "is no maildir" in no_maildir
    assert arriving_finding().state == "well"


def marked_when_known(settings, served) -> list[bool]:
    """Whether another connection already knew each mail at the moment when it was marked."""
    known: list[bool] = []

    def look(uid: int) -> None:
        try:
            known.append(Arrival.objects.filter(outcome="handled").exists())
        finally:
            connections.close_all()

    served.mails, served.at_mark = mails(1), look
    fetch(settings)
    return known


@pytest.mark.django_db(transaction=True)
def test_mail_is_marked_after_it_was_committed(settings, served, answers):
    assert marked_when_known(settings, served) == [True]


@pytest.mark.django_db(transaction=True)
def test_control_mail_marked_before_it_is_handled_is_not_known(settings, served, answers, monkeypatch):
    fetched = mailbox._Session.fetch

    def fetch_and_mark(session: mailbox._Session, uid: int) -> bytes | None:
        raw = fetched(session, uid)
        session.mark(uid)
        return raw

    monkeypatch.setattr(mailbox._Session, "fetch", fetch_and_mark)

    assert marked_when_known(settings, served)[0] is False


@pytest.mark.django_db
def test_server_must_show_a_certificate_that_is_trusted(settings, served, tmp_path, monkeypatch):
    certificate = self_signed(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with ImapServer(served, tls) as server:
        settings.MAIL_BOX = MailBox("localhost", server.port, "in@example.com", PASSWORD, "INBOX", tls=True)

        unknown = fetch(settings)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted = fetch(settings)
        server.shutdown()

    assert "certificate verify failed" in unknown.problem.lower()
    assert trusted.problem == ""
    assert served.asked.count("LOGIN") == 1


def self_signed(folder) -> object:
    """A certificate with its key for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_address_of_a_mailbox_is_read(monkeypatch):
    monkeypatch.setenv("FOLKMOOT_IMAP_URL", "imaps://in%40example.org:a%20b%2Fc@mail.example.org/Folkmoot/In")

    assert env.mail_box("FOLKMOOT_IMAP_URL", "") == MailBox(
        "mail.example.org", 993, "in@example.org", "a b/c", "Folkmoot/In", tls=True
    )
    monkeypatch.setenv("FOLKMOOT_IMAP_URL", "imap://in:word@localhost:1143")
    assert env.mail_box("FOLKMOOT_IMAP_URL", "") == MailBox("localhost", 1143, "in", "word", "INBOX", tls=False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("nonsense-geheim", "write imaps://"),
        ("https://in:geheim@mail.example.org/", "write imaps://"),
        ("imaps://in:geheim/half@mail.example.org/INBOX", "write imaps://"),
        ("imaps://in:geheim#half@mail.example.org/INBOX", "write imaps://"),
        ("imaps://in:geheim@mail.example.org:99999/INBOX", "write imaps://"),
        ("imaps://in:geheim\u2100@mail.example.org/INBOX", "write imaps://"),
        ("imaps://in@mail.example.org/geheim", "the user or the password is missing"),
        ("imap://in:geheim@mail.example.org/INBOX", "in the clear"),
        ("imaps://in:geheim%0d%0aA1 DELETE@mail.example.org/INBOX", "control characters"),
        ("imaps://in:geheim@mail.example.org/Eing%C3%A4nge", "modified UTF-7"),
    ],
)
def test_address_that_is_none_is_refused_without_showing_it(monkeypatch, value, words):
    monkeypatch.setenv("FOLKMOOT_IMAP_URL", value)

    with pytest.raises(BadSetting) as refused:
        env.mail_box("FOLKMOOT_IMAP_URL", "")

    assert words in str(refused.value)
    assert "geheim" not in str(refused.value)
