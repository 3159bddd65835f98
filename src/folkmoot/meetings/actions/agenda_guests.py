"""Links by which guests, who have no record here, ask for an item on the agenda of one call."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.agenda import ask_as_guest, hold_agenda
from folkmoot.meetings.agenda_rules import may_lead_agenda
from folkmoot.meetings.facts import AgendaLinkMade, AgendaLinkRevoked
from folkmoot.meetings.models import AgendaItem, AgendaLink, ItemState, Meeting
from folkmoot.plan.who import author

SALT = "folkmoot.meetings.agenda-link"
LONGEST_OPEN = timedelta(days=60)
MOST_FROM_GUESTS = 20
"""How many requests of guests may wait for one call."""


@transaction.atomic
def make_guest_link(meeting: Meeting, *, by: Actor) -> AgendaLink:
    """A link that works until the call begins, and for sixty days at most; one made before stops working."""
    require(may_lead_agenda(by, meeting))
    hold_agenda(meeting)
    now = timezone.now()
    if meeting.starts_at <= now:
        raise Refused(_("The call has begun; guests cannot ask for items any more."), code="closed")
    AgendaLink.objects.filter(meeting=meeting, revoked_at=None).update(revoked_at=now)
    link = AgendaLink.objects.create(
        meeting=meeting, made_by=author(by), expires_at=min(meeting.starts_at, now + LONGEST_OPEN)
    )
    record(AgendaLinkMade(link.pk, meeting.pk), by=by, on=meeting, within=meeting.group)
    return link


@transaction.atomic
def revoke_guest_link(link: AgendaLink, *, by: Actor) -> None:
    """Take a link back; done twice, it is told once. What was asked for by it stays."""
    require(may_lead_agenda(by, link.meeting))
    if AgendaLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(AgendaLinkRevoked(link.pk, link.meeting_id), by=by, on=link.meeting, within=link.meeting.group)


@transaction.atomic
def request_as_guest(
    link: AgendaLink, *, title: str, text: str = "", minutes: int = 10, name: str, mail: str = ""
) -> AgendaItem:
    """Ask for an item by a link; those who lead the group are told.

    Refused `closed` where the link does not work any more, `too_many` where many requests of guests wait, `invalid`.
    """
    hold_agenda(link.meeting)
    link = AgendaLink.objects.select_related("meeting__group", "made_by").get(pk=link.pk)
    if why := why_closed(link, now=timezone.now()):
        raise Refused(why, code="closed")
    waiting = link.meeting.agenda_items.filter(state=ItemState.REQUESTED, asked_by=None).count()
    if waiting >= MOST_FROM_GUESTS:
        raise Refused(
            _("Many items were asked for already. Please write to those who lead the group."), code="too_many"
        )
    return ask_as_guest(link.meeting, title=title, text=text, minutes=minutes, name=name, mail=_address(mail))


def guest_path(link: AgendaLink) -> str:
    """The page of a link; opening it changes nothing."""
    return reverse("ask_as_guest", args=[signing.dumps(link.pk, salt=SALT)])


def link_of(token: str) -> AgendaLink | None:
    """The link of a token that was signed here; None for any other."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return AgendaLink.objects.select_related("meeting__group", "meeting__slot__series", "made_by").filter(pk=pk).first()


def why_closed(link: AgendaLink, *, now: datetime) -> str:
    """Why a link does not work any more, in a sentence; empty while it does."""
    if link.revoked_at is not None:
        return _("This link was taken back.")
    if link.expires_at <= now or link.meeting.starts_at <= now:
        return _("This link was for a call that has begun, or is too old. Please ask for a new one.")
    if not link.meeting.is_planned:
        return _("The call does not take place.")
    if link.made_by is not None and not may_lead_agenda(link.made_by, link.meeting):
        return _("Whoever shared this link does not lead the group any more. Please ask for a new one.")
    return ""


def _address(mail: str) -> str:
    mail = mail.strip()
    if not mail:
        return ""
    try:
        validate_email(mail)
    except ValidationError:
        raise Refused(_("That does not look like an e-mail address."), code="invalid") from None
    return mail
