"""Mails that arrive, as servers write them."""

from __future__ import annotations

PLAIN = (
    b"From: Ada <ADA@example.org>\nTo: in+x@example.com, Ben <ben@example.org>\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n"
    b"Message-ID: <1@example.org>\nContent-Type: text/plain; charset=utf-8\n\nI come \xe2\x80\x93 gladly.\n"
)


def reply(to: str, *, sender: str = "ada@example.org", headers: str = "", body: str = "I come.") -> bytes:
    """A plain answer."""
    return f"{headers}From: {sender}\nTo: {to}\nSubject: Re: Hello\n\n{body}\n".encode()


def bounce(to: str, *, action: str = "failed", status: str = "5.1.1", words: str = "") -> bytes:
    """A delivery status notification (RFC 3464) to a return path; `words` makes it another mail."""
    return f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered. {words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; nobody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such
 person here

--b--
""".encode()
