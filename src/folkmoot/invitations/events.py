"""A call as the event of an invitation: the same for everybody, and then as one person may know it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings

from folkmoot.calendar.offers import PrivateDetails
from folkmoot.calendar.queries import single_event
from folkmoot.invitations.models import CallInvitation
from folkmoot.kit.ical import Attendee, Event, Organizer, Participation, calendar_email
from folkmoot.meetings.attendance_reading import own_answer
from folkmoot.meetings.models import Meeting, Says
from folkmoot.meetings.private_details import details_of
from folkmoot.meetings.queries import for_calendar
from folkmoot.meetings.where import place_of_call
from folkmoot.notices.return_path import address_for
from folkmoot.people.models import Person

KIND = "i"
"""Of the addresses to which calendars send their answers."""
ANSWERS: dict[str, Participation] = {Says.COMING: "ACCEPTED", Says.MAYBE: "TENTATIVE", Says.REGRET: "DECLINED"}


@dataclass(frozen=True)
class CallEvent:
    """A call as everybody may know it, and what only those may know who join it."""

    meeting: Meeting
    open: Event
    private: PrivateDetails | None

    def known_to(self, *, may_join: bool) -> Event:
        """The event with the way in, where that may be told."""
        if not may_join or self.private is None:
            return self.open
        words = "\n\n".join(filter(None, (self.private.words, self.open.description)))
        return replace(self.open, location=self.private.location or self.open.location, description=words)

    def way_in(self, *, may_join: bool) -> str:
        """How to join, in words; empty for who may not."""
        return self.private.words if may_join and self.private is not None else ""

    def digest(self, *, may_join: bool) -> str:
        """What is news once it changes: time, place and way in; not the words around them."""
        event = self.known_to(may_join=may_join)
        way_in = self.way_in(may_join=may_join)
        parts = (event.start, event.zone, self.meeting.starts_at, event.duration, event.location, way_in)
        return hashlib.sha256(repr(tuple(map(str, parts))).encode()).hexdigest()


def event_of_call(meeting: Meeting) -> CallEvent:
    """A call with its place; needs slot and series at hand. Six queries at most."""
    planned = for_calendar(meeting, place_of_call(meeting))
    private = details_of([planned.source]).get(planned.source)
    return CallEvent(meeting, single_event(planned, uid=meeting.uid), private)


def addressed(event: Event, invitation: CallInvitation, *, now: datetime) -> Event:
    """The event as it is mailed to the person of an invitation: one attendee, and an address that takes the answer.

    That address stays the same for the life of the invitation, as calendars want it. Where no mail can come in, no
    answer is asked for by mail.
    """
    person, meeting = invitation.person, invitation.meeting
    answer_to = reply_address(invitation)
    organizer = Organizer(meeting.group.name, answer_to or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    attendee = Attendee(
        person.name, calendar_email(person.email or "") or "", _answer(meeting, person), is_asked=bool(answer_to)
    )
    return replace(
        event, changed=now, sequence=invitation.sequence, created=None, organizer=organizer, attendees=(attendee,)
    )


def reply_address(invitation: CallInvitation) -> str:
    """Where the answer of a calendar goes; empty where no mail can come in."""
    return address_for(KIND, invitation.pk, now=invitation.made_at)


def _answer(meeting: Meeting, person: Person) -> Participation:
    answer = own_answer(meeting, person)
    return ANSWERS[answer.says] if answer is not None else "NEEDS-ACTION"
