"""`folkmoot mail`: take in mail that arrives, and see whether mail goes out."""

from __future__ import annotations

import smtplib
import sys

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal

UPSTREAM = 6
# A mail server that pipes into us keeps the mail and tries again on this code (sysexits.h: EX_TEMPFAIL).
TRY_AGAIN = 75


@click.group()
def mail() -> None:
    """Try the mail server; take in mail that arrives."""


@mail.command(
    name="receive",
    cls=WithExamples,
    examples=[
        ("folkmoot mail receive < bounce.eml", "Take in one mail, as a mail server does by a pipe"),
        ("folkmoot mail receive --recipient in+token@example.org < mail.eml", "With the recipient of its envelope"),
    ],
)
@click.option("--recipient", default="", metavar="ADDRESS", help="Whom the server took it for; else the headers count.")
def receive_mail(recipient: str) -> None:
    """Take in one mail from stdin: a bounce, or an answer to one of ours.

    Exit code 0 whatever the mail was, so that no bounce is ever sent back; 75 when the database cannot be used now.
    """
    django_ready()
    from django.db import DatabaseError, InterfaceError
    from django.utils import timezone

    from folkmoot.notices.actions import receive
    from folkmoot.notices.domain.arriving import MOST_BYTES

    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        arrival = receive(raw, now=timezone.now(), recipient=recipient)
    except (DatabaseError, InterfaceError) as error:
        stop(f"The database cannot be used: {error}", TRY_AGAIN)
    say(f"{arrival.outcome}: {arrival.words}" if arrival.words else f"{arrival.outcome}.")


@mail.command(
    name="fetch",
    cls=WithExamples,
    examples=[("folkmoot mail fetch", "Is the mailbox of FOLKMOOT_IMAP_URL open to us?")],
)
def fetch() -> None:
    """Take in what is unread in the mailbox at once, as the worker does every minute.

    Exit code 6 if it cannot be read.
    """
    django_ready()
    from django.conf import settings
    from django.utils import timezone

    from folkmoot.notices.actions import fetch_mail

    if settings.MAIL_BOX is None:
        stop("No FOLKMOOT_IMAP_URL is set, so there is no mailbox to look into.")
    taken = fetch_mail(settings.MAIL_BOX, now=timezone.now())
    say(f"Mails taken in: {taken.mails}.")
    if taken.passed_over:
        say(f"Mails that the server did not give: {taken.passed_over}.")
    if taken.problem:
        stop(for_terminal(taken.problem[:1].upper() + taken.problem[1:]), UPSTREAM)


@mail.command(
    name="test",
    cls=WithExamples,
    examples=[("folkmoot mail test you@example.org", "Does mail leave the house?")],
)
@click.argument("address")
def test_mail(address: str) -> None:
    """Send a mail to an address at once and say what the mail server answered. Exit code 6 if it took nothing."""
    django_ready()
    from django.conf import settings

    from folkmoot.notices.handing_over import hand_over
    from folkmoot.notices.mails import Item, Mail, draft
    from folkmoot.people.actions import clean_email

    server = settings.MAIL_SERVER
    if server is None:
        stop("No SMTP_URL is set, so no mail leaves this machine; a steward reads all mail at /outbox/.")
    letter = draft(
        Mail(
            subject="A test of the mail server",
            items=[
                Item("This mail shows that mail from here arrives.\n\nIf it lies among the spam, look at SPF and DKIM.")
            ],
            because="You get this because somebody at the machine asked for it.",
        ),
        clean_email(address),
    )
    say(f"Handing it over to {server.host}, port {server.port}, {server.security}.")
    try:
        hand_over(letter, server)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        stop(for_terminal(f"The mail server did not take it. {type(problem).__name__}: {problem}"), UPSTREAM)
    click.echo(for_terminal(f"The mail server took it as {letter.message_id}. Look whether it arrives."))
