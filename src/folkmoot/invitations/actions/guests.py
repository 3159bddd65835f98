"""Asking people from outside to one call, and no longer asking them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.invitations.actions.mailing import bring_invitations_in_order
from folkmoot.invitations.facts import GuestInvited, GuestUninvited
from folkmoot.invitations.models import CallGuest, InvitationWish
from folkmoot.invitations.rules import may_invite_guests
from folkmoot.kit.errors import Refused
from folkmoot.kit.ical import calendar_email
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.joint_rules import is_of_call
from folkmoot.meetings.models import Meeting
from folkmoot.people.actions import person_for
from folkmoot.people.models import Person

MOST_AT_A_CALL = 50
MOST_A_DAY = 50
MOST_TIMES = 3
"""So often one guest is invited to one call, since each time mails go out."""


@transaction.atomic
def invite_guest(meeting: Meeting, email: str, *, name: str = "", gets_way_in: bool = True, by: Actor) -> CallGuest:
    """Ask somebody from outside to a call by mail; whoever has no record gets one, which is theirs once they sign in.

    Refused `forbidden`, `call_over`, `invalid` (no address), `already_there`, `already_invited`, `not_wanted` by
    whoever reads that address, `too_many` at a call, in a day, or for one guest of a call.
    """
    require(may_invite_guests(by, meeting))
    call, now = hold_call(meeting), timezone.now()
    if not call.is_planned or call.starts_at <= now:
        raise Refused(_("This call has begun, or does not take place."), code="call_over")
    _check_pace(call, by, now)
    person = person_for(email, name=name, by=by)
    if calendar_email(person.email or "") is None:
        raise Refused(_("Calendars do not know addresses like this one. Please take another one."), code="invalid")
    if is_of_call(person, call):
        raise Refused(_("%(name)s takes part in the group already.") % {"name": person.name}, code="already_there")
    stopped = InvitationWish.objects.filter(person=person, group=None, is_wanted=False)
    if not person.is_active or stopped.exists():
        raise Refused(_("No invitations are wanted at this address."), code="not_wanted")
    guest = CallGuest.objects.filter(meeting=call, person=person).first() or CallGuest(meeting=call, person=person)
    if guest.pk and guest.withdrawn_at is None:
        raise Refused(_("%(name)s is invited already.") % {"name": person.name}, code="already_invited")
    if Entry.objects.filter(kind=GuestInvited.kind, about=person, payload__meeting_id=call.pk).count() >= MOST_TIMES:
        raise Refused(
            _("%(name)s was invited and taken off several times already.") % {"name": person.name}, code="too_many"
        )
    guest.invited_by, guest.invited_at = by if isinstance(by, Person) else None, now
    guest.gets_way_in, guest.withdrawn_at = gets_way_in, None
    guest.save()
    fact = GuestInvited(meeting_id=call.pk, gets_way_in=gets_way_in)
    record(fact, by=by, about=person, on=call, within=call.group)
    bring_invitations_in_order(call)
    return guest


@transaction.atomic
def uninvite_guest(guest: CallGuest, *, by: Actor) -> None:
    """Ask a guest no longer, and take the call off their calendar; done twice, it is told once."""
    require(may_invite_guests(by, guest.meeting))
    call = hold_call(guest.meeting)
    if not CallGuest.objects.filter(pk=guest.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        return
    record(GuestUninvited(meeting_id=call.pk), by=by, about=guest.person, on=call, within=call.group)
    bring_invitations_in_order(call)


def _check_pace(call: Meeting, by: Actor, now: datetime) -> None:
    here = CallGuest.objects.filter(meeting=call, withdrawn_at=None).count()
    lately = Entry.objects.filter(kind=GuestInvited.kind, happened_at__gt=now - timedelta(days=1))
    mine = lately.filter(actor=by).count() if isinstance(by, Person) else 0
    if here >= MOST_AT_A_CALL or mine >= MOST_A_DAY:
        raise Refused(_("That is more guests than one can look after. Please go on tomorrow."), code="too_many")
