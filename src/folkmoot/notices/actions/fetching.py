"""Fetching what arrived from the mailbox, and keeping how that went."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from folkmoot.notices.actions.arriving import receive
from folkmoot.notices.mailbox import Taken, place_of, take_from_mailbox
from folkmoot.notices.models import MailBoxState

if TYPE_CHECKING:
    from folkmoot.config.env import MailBox

LONGEST_WAIT = timedelta(hours=1)

logger = logging.getLogger("folkmoot.mail")


def fetch_mail_when_due(box: MailBox, *, now: datetime) -> Taken | None:
    """The same as `fetch_mail`, or None while a mailbox that failed is left alone.

    After each failure that is for longer, an hour at most: a server may lock out whoever comes every minute with a
    wrong password.
    """
    state = MailBoxState.objects.filter(place=place_of(box), failures__gt=0).first()
    if state and state.looked_at and now < state.looked_at + wait_after(state.failures):
        return None
    return fetch_mail(box, now=now)


def fetch_mail(box: MailBox, *, now: datetime) -> Taken:
    """Take in the unread mails of the mailbox, and keep how that went for the page of findings."""
    state, _new = MailBoxState.objects.get_or_create(place=place_of(box))
    rows = MailBoxState.objects.filter(pk=state.pk)
    taken = take_from_mailbox(box, _receive_for_good, after=state.last_uid, begin=lambda uid: rows.update(last_uid=uid))
    rows.update(
        looked_at=now,
        well_at=state.well_at if taken.problem else now,
        failures=state.failures + 1 if taken.problem else 0,
        problem=taken.problem[:500],
        passed_over=taken.passed_over,
    )
    if taken.problem and not state.failures:
        logger.warning("The mailbox cannot be read: %s", taken.problem)
    return taken


def wait_after(failures: int) -> timedelta:
    """How long a mailbox is left alone after so many failures in a row."""
    return min(timedelta(minutes=2 ** min(failures, 6)), LONGEST_WAIT)


def _receive_for_good(raw: bytes) -> None:
    # Durable: when this returns it is committed, and only then may the mail be marked as read.
    with transaction.atomic(durable=True):
        receive(raw, now=timezone.now())
