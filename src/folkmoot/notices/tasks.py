"""What the worker does for notices: sends what waited, writes digests, forgets old letters."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from folkmoot.ledger.schedule import every
from folkmoot.notices.actions import fetch_mail_when_due, receive, send_digests, send_due
from folkmoot.notices.handing_over import is_for_good, send_letter
from folkmoot.notices.maildir import take_from
from folkmoot.notices.models import Arrival, Letter

# Letters queued by earlier versions name their task in this module.
__all__ = ["forget_old_letters", "is_for_good", "send_letter", "send_waiting", "take_in_mail", "write_digests"]

FORGOTTEN_AFTER = timedelta(days=30)


@every(timedelta(hours=24))
@task()
def forget_old_letters() -> None:
    """Empty what nobody has sent for a month, as codes and links in it no longer work, and forget what arrived then."""
    Arrival.objects.filter(arrived_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    Letter.objects.filter(sent_at=None, written_at__lt=timezone.now() - FORGOTTEN_AFTER).update(
        text="", html="", calendar="", given_up_at=timezone.now()
    )


@every(timedelta(minutes=1))
@task()
def send_waiting() -> None:
    """Reminders whose time has come, and mails that waited for the end of quiet hours."""
    send_due(timezone.now())


@every(timedelta(minutes=5))
@task()
def write_digests() -> None:
    """Digests that have come due; in the sixth minute of an hour at the latest, wherever the reader lives."""
    send_digests(timezone.now())


@every(timedelta(minutes=1))
@task()
def take_in_mail() -> None:
    """Bounces and replies from the maildir and the mailbox, where one is set."""
    if settings.MAILDIR is not None:
        take_from(settings.MAILDIR, lambda raw: receive(raw, now=timezone.now()))
    if settings.MAIL_BOX is not None:
        fetch_mail_when_due(settings.MAIL_BOX, now=timezone.now())
