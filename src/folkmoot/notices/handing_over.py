"""Handing one letter over to the mail server."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone
from django_tasks import task

from folkmoot.notices.models import Delivery, Letter, State
from folkmoot.notices.return_path import return_path

if TYPE_CHECKING:
    from folkmoot.config.env import MailServer

ATTEMPTS = 8
CALENDAR = "text/calendar"


@task(queue_name="mail")
def send_letter(letter_id: int) -> None:
    """Hand one letter over, at least once and always with the same Message-ID; a failure is tried again later.

    The letter's content is emptied once a server has taken it: sign-in codes do not stay in the database.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    server = settings.MAIL_SERVER
    if letter is None:  # its reader was erased meanwhile
        return
    if letter.sent_at or letter.given_up_at or server is None:
        return
    letter.attempts += 1
    try:
        hand_over(letter, server)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        letter.last_problem = f"{type(problem).__name__}: {problem}"[:500]
        if letter.attempts >= ATTEMPTS or is_for_good(problem):
            letter.given_up_at = timezone.now()
            _note(letter, State.FAILED, letter.last_problem[:200])
        letter.save(update_fields=["attempts", "last_problem", "given_up_at"])
        if not letter.given_up_at:
            send_letter.using(run_after=timezone.now() + timedelta(seconds=10 * 3**letter.attempts)).enqueue(letter.pk)
        return
    letter.sent_at = timezone.now()
    letter.text = letter.html = letter.calendar = letter.last_problem = ""
    letter.save(update_fields=["attempts", "sent_at", "text", "html", "calendar", "last_problem"])
    _note(letter, State.SENT, "")


def _note(letter: Letter, state: State, reason: str) -> None:
    Delivery.objects.filter(letter=letter, state=State.WAITING).update(state=state, reason=reason)


def is_for_good(problem: Exception) -> bool:
    """Whether trying again is in vain: every answer was a 5xx, or the address cannot be written at all.

    A 4xx answer is often greylisting, which means "come back later" (RFC 6647).
    """
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in problem.recipients.values())
    return isinstance(problem, ValueError)


def hand_over(letter: Letter, server: MailServer) -> None:
    """Give it to the server, with a return path by which a bounce says whose it is."""
    headers = {**letter.headers, "Message-ID": letter.message_id}
    back_to = return_path(letter.pk) if letter.pk else ""
    if back_to:
        headers["From"] = letter.sender
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=back_to or letter.sender,
        to=[letter.recipient],
        headers=headers,
        connection=EmailBackend(
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security == "starttls",
            use_ssl=server.security == "tls",
            timeout=20,
        ),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        message.attach_alternative(letter.calendar, calendar_type(letter.calendar_method))
    message.send()


def calendar_type(method: str) -> str:
    """The media type of what calendars read of a mail: the method stands beside it as well (RFC 6047 section 2.4)."""
    return f"{CALENDAR}; method={method}"
