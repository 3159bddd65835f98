"""Taking in a mail that arrives: bounces of ours, and replies for the rooms that wait for them."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import IntegrityError, transaction

from folkmoot.kit.errors import Refused
from folkmoot.kit.ical import replies
from folkmoot.kit.naming import plain_name
from folkmoot.notices.actions.addresses import address_row, pause
from folkmoot.notices.domain.arriving import Arrived, Bounce, Report, read
from folkmoot.notices.domain.tokens import Token
from folkmoot.notices.inbound import INBOUND, Inbound
from folkmoot.notices.models import Address, Arrival, Delivery, Letter, State
from folkmoot.notices.return_path import BOUNCE, token_of

MOST_AN_HOUR = 20
BOUNCES_LAST = timedelta(days=14)
SOFT_WITHIN = timedelta(days=14)
SOFT_BEFORE_PAUSE = 5
RETRIES = 3

logger = logging.getLogger("folkmoot.mail")


def receive(raw: bytes, *, now: datetime, recipient: str = "") -> Arrival:
    """Handle a mail once, however often it is handed in, and say what became of it in `outcome`.

    `recipient` is whom the server took it for, where it says so; otherwise the mail's own headers count. Nothing is
    ever answered or sent back from here, so that no two machines can keep each other busy.
    """
    digest = known_by(raw)
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(digest=digest, outcome="handling")
            outcome, words = _handle(raw, recipient, arrival, now)
            arrival.outcome, arrival.words = outcome, plain_name(words, 300)
            arrival.save()
    except IntegrityError:
        known = Arrival.objects.filter(digest=digest).first()
        if known is None:
            raise
        return known
    if outcome in ("forged", "stale"):
        logger.warning("A mail that claims to answer one of ours was ignored: %s, from %s.", outcome, arrival.sender)
    return arrival


def known_by(raw: bytes) -> str:
    """What is kept of a mail so that the same one is known again."""
    return hashlib.sha256(raw).hexdigest()


def _handle(raw: bytes, recipient: str, arrival: Arrival, now: datetime) -> tuple[str, str]:
    try:
        mail = read(raw)
    except Refused as refused:
        return refused.code, refused.message
    arrival.sender = plain_name(mail.sender, 320)
    recipients = [recipient, *mail.recipients] if recipient else list(mail.recipients)
    text, token = next(((text, token) for text, token in map(token_of, recipients) if text), ("", None))
    if token is not None and token.kind == BOUNCE and mail.report is not None:
        arrival.kind = BOUNCE
        if not token.is_fresh(BOUNCES_LAST, now.date()):
            return "stale", ""
        return _take_bounce(token, mail.report, now)
    if _is_ours(mail):
        return "own_mail", ""
    if mail.machine and not _is_calendar_answer(token, mail):
        return "automatic", mail.machine
    if not text:
        return "not_for_us", ""
    if token is None:
        return "forged", ""
    arrival.kind = token.kind
    if _is_storm(mail.sender, now):
        return "storm", ""
    if not _is_first(arrival, mail, text):
        return "again", ""
    return _take_reply(token, mail, now)


def _is_first(arrival: Arrival, mail: Arrived, address: str) -> bool:
    """Whether no copy of the mail came before, by an alias or another way, with other headers and so another digest."""
    if not mail.message_id:
        return True
    arrival.identity = known_by("\0".join((mail.message_id, mail.sender, address.lower())).encode())
    try:
        with transaction.atomic():
            arrival.save(update_fields=["identity"])
    except IntegrityError:
        arrival.identity = None
        return False
    return True


def _is_ours(mail: Arrived) -> bool:
    """Whether we wrote it ourselves and it came back by an alias or a rule."""
    ours = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), settings.BOUNCE_ADDRESS.lower()}
    return mail.sender in ours or (bool(mail.message_id) and Letter.objects.filter(message_id=mail.message_id).exists())


def _is_calendar_answer(token: Token | None, mail: Arrived) -> bool:
    """Whether a machine only carries what somebody answered in their calendar to one of our invitations."""
    handler = INBOUND.get(token.kind) if token is not None else None
    return handler is not None and handler.reads_calendars and any(map(replies, mail.calendars))


def _is_storm(sender: str, now: datetime) -> bool:
    # What came to no genuine address does not count: others could write it in the sender's name, to silence them.
    recent = Arrival.objects.filter(sender__iexact=sender, arrived_at__gt=now - timedelta(hours=1)).exclude(kind="")
    return recent.exclude(outcome="handling").count() >= MOST_AN_HOUR


def _take_reply(token: Token, mail: Arrived, now: datetime) -> tuple[str, str]:
    handler = INBOUND.get(token.kind)
    if handler is None:
        return "no_handler", ""
    if not token.is_fresh(handler.lasts, now.date()):
        return "stale", ""
    # What a calendar wrote beside its answer is nobody's words.
    text = "" if mail.machine else mail.text
    inbound = Inbound(token.kind, token.reference, mail.sender, mail.subject, text, mail.calendars)
    try:
        with transaction.atomic():
            handler.handle(inbound)
    except Refused as refused:
        return "refused", refused.message
    return "handled", ""


def _take_bounce(token: Token, report: Report, now: datetime) -> tuple[str, str]:
    """Count or pause, once per letter."""
    letter = Letter.objects.select_for_update().filter(pk=token.reference).first()
    if letter is None or not letter.recipient:
        return "no_letter", ""
    words = f"{report.status} {report.words}".strip()
    if report.bounce == Bounce.NONE:
        return "no_bounce", words
    if letter.bounced_at:
        return "known", words
    letter.bounced_at = now
    letter.save(update_fields=["bounced_at"])
    row = address_row(letter.recipient)
    if report.bounce == Bounce.HARD:
        Delivery.objects.filter(letter=letter).update(state=State.FAILED, reason=words[:200])
        pause(row, words, now)
        return "hard_bounce", words
    _count_soft(row, now)
    if row.soft_bounces >= SOFT_BEFORE_PAUSE:
        Delivery.objects.filter(letter=letter).update(state=State.FAILED, reason=words[:200])
        pause(row, words, now)
    else:
        _try_again(letter, words, now)
    return "soft_bounce", words


def _count_soft(row: Address, now: datetime) -> None:
    if row.soft_since is None or row.soft_since < now - SOFT_WITHIN:
        row.soft_since, row.soft_bounces = now, 0
    row.soft_bounces += 1
    row.save(update_fields=["soft_since", "soft_bounces"])


def _try_again(letter: Letter, words: str, now: datetime) -> None:
    """Write the mail anew after 1, 4, 16 hours; what stood in a digest comes in the next one."""
    for delivery in Delivery.objects.select_for_update().filter(letter=letter):
        delivery.bounces += 1
        if delivery.bounces > RETRIES:
            delivery.state = State.FAILED
        else:
            delivery.state, delivery.letter, delivery.digest = State.WAITING, None, None
            delivery.due_at = now + timedelta(hours=4 ** (delivery.bounces - 1))
        delivery.reason = words[:200]
        delivery.save()
