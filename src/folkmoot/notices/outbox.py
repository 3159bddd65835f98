"""The outbox: mails are written as letters, and spoken to a server later by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from folkmoot.notices.handing_over import CALENDAR, send_letter
from folkmoot.notices.models import Letter


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend that writes letters."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                write_letters(message)
        return len(email_messages)


def write_letters(message: EmailMessage) -> list[Letter]:
    """One letter per recipient, so that nobody sees another's address; sent later by the worker."""
    message.message()  # refuses line breaks in headers before anything is written
    letters = []
    for recipient in message.recipients():
        letter = letter_of(message, recipient)
        letter.save()
        if settings.MAIL_SERVER is not None:
            send_letter.enqueue(letter.pk)
        letters.append(letter)
    return letters


def letter_of(message: EmailMessage, recipient: str) -> Letter:
    """The letter to one recipient, not kept yet."""
    calendar, method = _calendar_of(message)
    return Letter(
        message_id=make_msgid(domain=urlsplit(settings.PUBLIC_ADDRESS).hostname),
        sender=message.from_email,
        recipient=recipient,
        subject=str(message.subject),
        text=str(message.body),
        html=_html_of(message),
        calendar=calendar,
        calendar_method=method,
        headers={key: str(value) for key, value in message.extra_headers.items()},
    )


def _html_of(message: EmailMessage) -> str:
    if isinstance(message, EmailMultiAlternatives):
        for content, mimetype in message.alternatives:
            if mimetype == "text/html":
                return str(content)
    return ""


def _calendar_of(message: EmailMessage) -> tuple[str, str]:
    """What calendars read of it, and the method."""
    if isinstance(message, EmailMultiAlternatives):
        for content, mimetype in message.alternatives:
            if mimetype.startswith(CALENDAR):
                return str(content), mimetype.rpartition("method=")[2]
    return "", ""
