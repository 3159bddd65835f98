"""Bringing the invitations to one call in order: what is new or changed is asked, what is off is called off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from folkmoot.invitations.events import CallEvent, addressed, event_of_call
from folkmoot.invitations.mails import mail_invitation
from folkmoot.invitations.models import CallGuest, CallInvitation
from folkmoot.invitations.wanting import AHEAD, Wanted, wanted_at
from folkmoot.kit.ical import calendar_email
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.notices.channels import without_working_address
from folkmoot.notices.domain.timing import quiet_until
from folkmoot.notices.queries import hours_of, zone_of
from folkmoot.people.models import Person


@transaction.atomic
def bring_invitations_in_order(meeting: Meeting) -> int:
    """Mail what people who want invitations do not know yet of a call; returns how many mails were written.

    It looks at the present state, so it may be called at any time and by several at once: the call is held meanwhile,
    and each mail is written in the transaction that remembers it. A first invitation goes out in the two weeks before
    the call, to guests at once. Nothing is mailed to an address that is paused, until it works again, nor in somebody's
    quiet hours, unless the call begins before they end.
    """
    hold_call(meeting)
    call, now = meeting_numbered(meeting.pk), timezone.now()
    if call is None or call.starts_at <= now:
        return 0
    rows = {row.person_id: row for row in CallInvitation.objects.filter(meeting=call).select_related("person")}
    wanted = wanted_at(call)
    event: CallEvent | None = None
    mailed = 0
    waits: set[datetime] = set()
    for one in _asked(call, wanted, rows, now):
        event = event or event_of_call(call)
        row = rows.get(one.person.pk)
        if not _is_news(event, one, row):
            continue
        if until := _quiet_until(one.person, call, now):
            waits.add(until)
            continue
        _ask(event, one, row, now)
        mailed += 1
    for row in rows.values():
        if row.ended_at is None and not (call.is_planned and row.person_id in wanted):
            if until := _quiet_until(row.person, call, now):
                waits.add(until)
                continue
            event = event or event_of_call(call)
            mailed += _call_off(event, row, wanted.get(row.person_id), now)
    for until in waits:
        bring_in_order_after_quiet_hours.using(run_after=until).enqueue(call.pk)
    return mailed


@task()
def bring_in_order_after_quiet_hours(meeting_id: int) -> None:
    """Mail what has waited, as the call is by then."""
    bring_invitations_in_order(Meeting.objects.get(pk=meeting_id))


def _quiet_until(person: Person, call: Meeting, now: datetime) -> datetime | None:
    """Until when somebody wants no mail; None where the call would have begun by then."""
    until = quiet_until(now, zone_of(person), *hours_of(person).quiet)
    return until if until is not None and until < call.starts_at else None


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


def _is_news(event: CallEvent, one: Wanted, row: CallInvitation | None) -> bool:
    """Whether somebody does not know yet how the call is now."""
    return row is None or row.ended_at is not None or row.said != event.digest(may_join=one.gets_way_in)


def _ask(event: CallEvent, one: Wanted, row: CallInvitation | None, now: datetime) -> None:
    """Write a REQUEST."""
    call = event.meeting
    said = event.digest(may_join=one.gets_way_in)
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
