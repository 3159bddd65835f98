"""Bringing the invitations to one call in order: what is new or changed is asked, what is off is called off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from folkmoot.invitations.events import CallEvent, addressed, event_of_call
from folkmoot.invitations.mails import mail_invitation
from folkmoot.invitations.models import CallGuest, CallInvitation
from folkmoot.invitations.wanting import AHEAD, Wanted, wanted_at
from folkmoot.kit.ical import calendar_email
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.notices.channels import without_working_address
from folkmoot.people.models import Person


@transaction.atomic
def bring_invitations_in_order(meeting: Meeting) -> int:
    """Mail what people who want invitations do not know yet of a call; returns how many mails were written.

    It looks at the present state, so it may be called at any time and by several at once: the call is held meanwhile,
    and each mail is written in the transaction that remembers it. A first invitation goes out in the two weeks before
    the call, to guests at once. Nothing is mailed to an address that is paused, until it works again.
    """
    hold_call(meeting)
    call, now = meeting_numbered(meeting.pk), timezone.now()
    if call is None or call.starts_at <= now:
        return 0
    rows = {row.person_id: row for row in CallInvitation.objects.filter(meeting=call).select_related("person")}
    wanted = wanted_at(call)
    event: CallEvent | None = None
    mailed = 0
    for one in _asked(call, wanted, rows, now):
        event = event or event_of_call(call)
        mailed += _ask(event, one, rows.get(one.person.pk), now)
    for row in rows.values():
        if row.ended_at is None and not (call.is_planned and row.person_id in wanted):
            event = event or event_of_call(call)
            mailed += _call_off(event, row, wanted.get(row.person_id), now)
    return mailed


def _asked(
    call: Meeting, wanted: dict[int, Wanted], rows: dict[int, CallInvitation], now: datetime
) -> Iterator[Wanted]:
    """Who is to know how the call is now, and can be reached."""
    if not call.is_planned:
        return
    unreached = _unreached([one.person for one in wanted.values()])
    for key, one in wanted.items():
        is_due = call.starts_at <= now + AHEAD or one.group is None or (key in rows and rows[key].ended_at is None)
        if is_due and key not in unreached:
            yield one


def _unreached(people: Sequence[Person]) -> set[int]:
    """Who has no address to which mail goes now, or one that no calendar can carry."""
    unfit = {person.pk for person in people if calendar_email(person.email or "") is None}
    return unfit | set(without_working_address(people))


def _ask(event: CallEvent, one: Wanted, row: CallInvitation | None, now: datetime) -> bool:
    """Write a REQUEST where there is something new to say."""
    call = event.meeting
    said = event.digest(may_join=one.gets_way_in)
    if row is not None and row.ended_at is None and row.said == said:
        return False
    is_first = row is None or row.ended_at is not None
    if row is None:
        row = CallInvitation(meeting=call, person=one.person, made_at=now, sequence=event.open.sequence)
    else:
        row.sequence = max(row.sequence + 1, event.open.sequence)
    if is_first or row.asked_for != call.starts_at:
        row.asked_since = row.sequence
    row.meeting, row.asked_for, row.said, row.mailed_at, row.ended_at = call, call.starts_at, said, now, None
    row.save()
    mail = addressed(event.known_to(may_join=one.gets_way_in), row, now=now)
    way_in = event.way_in(may_join=one.gets_way_in)
    mail_invitation(row, mail, "invited" if is_first else "changed", one.group, way_in)
    return True


def _call_off(event: CallEvent, row: CallInvitation, one: Wanted | None, now: datetime) -> bool:
    """Write a CANCEL, without the way in; an address that cannot be reached is left alone for good."""
    row.meeting = event.meeting
    row.sequence = max(row.sequence + 1, event.open.sequence)
    row.ended_at = row.mailed_at = now
    row.save()
    if not row.person.is_active or _unreached([row.person]):
        return False
    was_guest = CallGuest.objects.filter(meeting=event.meeting, person=row.person).exists()
    through = one.group if one is not None else None if was_guest else event.meeting.group
    mail_invitation(row, addressed(event.open, row, now=now), "off", through)
    return True
