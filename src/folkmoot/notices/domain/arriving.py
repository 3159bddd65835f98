"""A mail that arrives from outside: what it says, whether a machine wrote it, and what a bounce reports.

Read with Python's own parser, within bounds: whatever a stranger sends costs little and harms nothing.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from enum import StrEnum

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name

MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS = 60
MOST_TEXT = 100_000
MOST_CALENDARS = 5
MOST_RECIPIENTS = 50
RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
MACHINE_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "Feedback-ID")
# Python's own ways of writing letters, some of which refuse or take for ever.
NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
LONGEST_HEADER = 2000
STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")


class Bounce(StrEnum):
    """What a report says of an address."""

    HARD = "hard"
    SOFT = "soft"
    NONE = "none"
    """Delayed or delivered: nothing has come back yet."""


@dataclass(frozen=True)
class Report:
    """What a delivery status notification (RFC 3464) says: the worst of its recipients, status "5.1.1", words."""

    bounce: Bounce
    status: str
    words: str


@dataclass(frozen=True)
class Arrived:
    """A mail as we use it. Addresses are in lower case; `machine` says why it is taken for a machine's, or is empty."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    subject: str
    text: str
    calendars: tuple[str, ...]
    machine: str
    report: Report | None


def read(raw: bytes) -> Arrived:
    """Read a whole mail; Refused `too_large` or `unreadable`."""
    if len(raw) > MOST_BYTES:
        raise Refused("The mail is larger than 2 MB.", code="too_large")
    try:
        message = email.message_from_bytes(raw)
        parts = list(_parts(message))
    except (RecursionError, MessageError, ValueError, LookupError):
        raise Refused("The mail cannot be read.", code="unreadable") from None
    texts = [_text(part) for part in parts if part.get_content_type() == "text/plain" and not _is_attached(part)]
    calendars = [_text(part) for part in parts if part.get_content_type() in ("text/calendar", "application/ics")]
    return Arrived(
        sender=parseaddr(_header(message, "From"))[1].lower()[:320],
        recipients=tuple(_recipients(message)),
        message_id=_header(message, "Message-ID").strip()[:200],
        subject=plain_name(_decoded(_header(message, "Subject")[:LONGEST_HEADER]), 300),
        text=(texts[0] if texts else "")[:MOST_TEXT],
        calendars=tuple(text[:MOST_TEXT] for text in calendars[:MOST_CALENDARS]),
        machine=_machine(message),
        report=_report(message, parts),
    )


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        yield part


def _header(message: Message, name: str) -> str:
    # Headers with raw bytes come as objects; their text is all that is wanted.
    value = message.get(name)
    return "" if value is None else _storable(" ".join(str(value).split()))


def _storable(text: str) -> str:
    """Without NUL and halves of letters, which no database keeps: one such mail would come back for ever."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _decoded(value: str) -> str:
    """Encoded words (RFC 2047) as text; what is not well encoded stays as it came."""
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        return value


def _recipients(message: Message) -> Iterator[str]:
    values = [str(value) for name in RECIPIENT_HEADERS for value in message.get_all(name, [])]
    seen: set[str] = set()
    for _name, address in getaddresses(values[:MOST_RECIPIENTS]):
        address = address.lower()
        if "@" in address and address not in seen and len(seen) < MOST_RECIPIENTS:
            seen.add(address)
            yield address


def _is_attached(part: Message) -> bool:
    return _header(part, "Content-Disposition").lower().startswith("attachment")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[: MOST_TEXT * 4]
    try:
        charset = codecs.lookup(part.get_content_charset("utf-8")).name
        return _storable(payload.decode("utf-8" if charset in NO_CHARSETS else charset, "replace"))
    except (LookupError, ValueError):  # no charset, or no name of one
        return _storable(payload.decode("utf-8", "replace"))


def _machine(message: Message) -> str:
    """Why nobody wrote this by hand (RFC 3834), as the header that says so."""
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return "Auto-Submitted"
    if _header(message, "Precedence").strip().lower() in BULK:
        return "Precedence"
    if _header(message, "Return-Path").strip() == "<>":
        return "Return-Path"
    return next((name for name in MACHINE_HEADERS if message.get(name) is not None), "")


def _report(message: Message, parts: list[Message]) -> Report | None:
    kind = str(message.get_param("report-type", "")).lower()
    if message.get_content_type() != "multipart/report" or kind != "delivery-status":
        return None
    status_part = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = status_part.get_payload() if status_part is not None else None
    found = [_of_recipient(block) for block in blocks[1:MOST_RECIPIENTS]] if isinstance(blocks, list) else []
    order = (Bounce.HARD, Bounce.SOFT, Bounce.NONE)
    return min(found, key=lambda report: order.index(report.bounce), default=Report(Bounce.NONE, "", ""))


def _of_recipient(block: object) -> Report:
    if not isinstance(block, Message):
        return Report(Bounce.NONE, "", "")
    status = STATUS.match(_header(block, "Status"))
    code = ".".join(status.groups()) if status else ""
    words = plain_name(_header(block, "Diagnostic-Code").partition(";")[2] or _header(block, "Diagnostic-Code"), 200)
    if _header(block, "Action").strip().lower() != "failed":
        return Report(Bounce.NONE, code, words)
    return Report(_kind(code), code, words)


def _kind(code: str) -> Bounce:
    """A full mailbox and a filter that took offence at one mail pass; all else that begins with 5 does not."""
    if code.startswith("5") and not code.startswith(("5.2.2", "5.7.")):
        return Bounce.HARD
    return Bounce.SOFT
