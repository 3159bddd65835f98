"""A mailbox that is asked by IMAP for what arrived, within bounds.

A mail is marked as read only after it was handled, so that what was interrupted is handed in again; `receive` knows
it by its content. Nothing is deleted or moved.
"""

from __future__ import annotations

import imaplib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.kit.naming import plain_name
from folkmoot.notices.domain.arriving import MOST_BYTES

if TYPE_CHECKING:
    from folkmoot.config.env import MailBox

AT_ONCE = 200
# The worker's other jobs wait meanwhile.
SECONDS_TO_ANSWER = 8.0
SECONDS_AT_ONCE = 15.0
# One byte more than is allowed is enough to see that it is too large; no server may make us hold much more.
MOST_FETCHED = MOST_BYTES + 1
MOST_OF_A_SERVER = MOST_FETCHED + 100_000


class MailBoxProblem(Exception):
    """The mailbox cannot be read now; the text is a whole sentence without any secret."""


@dataclass(frozen=True)
class Taken:
    """How many mails were handed in and marked as read, how many the server did not give, and why it ended early."""

    mails: int = 0
    passed_over: int = 0
    problem: str = ""


def place_of(box: MailBox) -> str:
    """What names a mailbox without any secret: another server, user or folder begins anew."""
    return f"{box.user}@{box.host}:{box.port}/{box.folder}"[:300]


def take_from_mailbox(
    box: MailBox, handle: Callable[[bytes], object], *, after: int, begin: Callable[[int], object]
) -> Taken:
    """Hand each unread mail to `handle`, and mark it as read afterwards.

    `begin` is told the UID before its mail is handled; `after` is the one begun last. Those behind it come first: a
    mail on which `handle` fails is tried again, but never holds up the others.
    """
    until = time.monotonic() + SECONDS_AT_ONCE
    mails = passed_over = 0
    try:
        with _opened(box) as session:
            for uid in sorted(session.unread(), key=lambda uid: (uid <= after, uid))[:AT_ONCE]:
                if time.monotonic() > until:
                    break
                begin(uid)
                raw = session.fetch(uid)
                if raw is None:
                    passed_over += 1
                    continue
                handle(raw)
                session.mark(uid)
                mails += 1
    except MailBoxProblem as problem:
        return Taken(mails, passed_over, str(problem))
    return Taken(mails, passed_over)


class _Bounded(imaplib.IMAP4):
    """To this machine only; what a server announces is read up to a size."""

    def read(self, size: int) -> bytes:
        if size > MOST_OF_A_SERVER:
            raise self.abort("a part of its answer is too large")
        return super().read(size)


class _BoundedTls(imaplib.IMAP4_SSL):
    """With a certificate that this machine trusts."""

    def read(self, size: int) -> bytes:
        if size > MOST_OF_A_SERVER:
            raise self.abort("a part of its answer is too large")
        return super().read(size)


class _Session:
    """An open folder; what the server does wrong is a MailBoxProblem, what we do wrong with a mail is not."""

    def __init__(self, server: imaplib.IMAP4, named: str) -> None:
        self.server = server
        self.named = named

    def unread(self) -> list[int]:
        """The UIDs of the mails that nobody has read."""
        with _said(f"{self.named} does not say what is unread"):
            answer, found = self.server.uid("SEARCH", "UNSEEN")
            _accept(answer, found)
        return [int(word) for part in found if isinstance(part, bytes) for word in part.split() if word.isdigit()]

    def fetch(self, uid: int) -> bytes | None:
        """A mail, cut where it is larger than we take, without marking it; None where the server does not give it."""
        with _said(f"{self.named} broke off while a mail was read"):
            _answer, found = self.server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_FETCHED}>)")
        return next((part[1] for part in found if isinstance(part, tuple) and b"BODY[" in part[0].upper()), None)

    def mark(self, uid: int) -> None:
        """Note that it was handled."""
        with _said(f"{self.named} does not mark mails as read"):
            _accept(*self.server.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"))


@contextmanager
def _opened(box: MailBox) -> Iterator[_Session]:
    named = f"the mail server {box.host}, port {box.port},"
    with _said(f"{named} cannot be reached"):
        server = _connected(box)
    try:
        # What it answers to a password is not repeated.
        with _said(f"{named} does not take the user and the password of FOLKMOOT_IMAP_URL", with_why=False):
            _sign_in(server, box)
        with _said(f"{named} does not open the folder “{box.folder}” for reading and marking"):
            _accept(*server.select(_quoted(box.folder)))
        yield _Session(server, named)
        # Only where all went well: a server that has fallen silent would be waited for once more.
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()
    finally:
        with suppress(OSError):  # a farewell that fails leaves it open
            server.shutdown()


def _connected(box: MailBox) -> imaplib.IMAP4:
    if box.tls:
        trusted = ssl.create_default_context()
        return _BoundedTls(box.host, box.port, ssl_context=trusted, timeout=SECONDS_TO_ANSWER)
    return _Bounded(box.host, box.port, timeout=SECONDS_TO_ANSWER)


def _sign_in(server: imaplib.IMAP4, box: MailBox) -> None:
    """By PLAIN where the server offers it, for it takes letters beyond ASCII; else by LOGIN, which does not."""
    if "AUTH=PLAIN" in server.capabilities:
        server.authenticate("PLAIN", lambda _challenge: f"\0{box.user}\0{box.password}".encode())
    else:
        server.login(_quoted(box.user), box.password)


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace("\\", "\\\\").replace('"', '\\"'))


def _accept(answer: str, found: Sequence[object]) -> None:
    if answer != "OK":
        words = found[-1] if found else b""
        raise imaplib.IMAP4.error(words.decode("utf-8", "replace") if isinstance(words, bytes) else answer)


@contextmanager
def _said(sentence: str, *, with_why: bool = True) -> Iterator[None]:
    """Every way in which a server fails as one sentence, with its own words behind."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise MailBoxProblem(f"{sentence}: the connection was cut.") from None
    except TimeoutError:
        raise MailBoxProblem(f"{sentence}: no answer in {SECONDS_TO_ANSWER:.0f} seconds.") from None
    except (imaplib.IMAP4.error, OSError, ValueError) as problem:
        why = plain_name(_words_of(problem), 200) if with_why else ""
        raise MailBoxProblem(f"{sentence}: {why}." if why else f"{sentence}.") from None


def _words_of(problem: Exception) -> str:
    words = problem.args[0] if problem.args and isinstance(problem.args[0], bytes) else str(problem)
    return (words.decode("utf-8", "replace") if isinstance(words, bytes) else words).rstrip(".")
