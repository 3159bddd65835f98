"""What is done with the answers that calendars send to the address of an invitation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from folkmoot.invitations.models import CallInvitation
from folkmoot.kit.errors import Refused
from folkmoot.kit.ical import Reply, calendar_email, replies
from folkmoot.meetings.actions import answer_call
from folkmoot.meetings.models import Says, Way
from folkmoot.notices.inbound import Inbound
from folkmoot.people.models import Person
from folkmoot.people.queries import person_with_email, present_record

LASTS = timedelta(days=366 * 3)
"""Guests may be invited years ahead, and the address of an invitation stays the same for its life."""
SAYS = {"ACCEPTED": Says.COMING, "TENTATIVE": Says.MAYBE, "DECLINED": Says.REGRET}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def take_reply(mail: Inbound) -> None:
    """Keep what somebody's calendar answered to our invitation; nothing is ever answered to it.

    The address proves which invitation it is about. Whose answer it is: that person's alone, by the attendee it names
    or else by its sender, since invitations are handed on, and calendars answer for whoever got them. Refused
    `no_answer`, `somebody_else`, `outdated` when it answers to a time that has changed since and as `answer_call` is.
    """
    row = (
        CallInvitation.objects.select_related("person__merged_into", "meeting__group").filter(pk=mail.reference).first()
    )
    if row is None:
        raise Refused(_("There is no such invitation any more."), code="no_answer")
    found = [one for text in mail.calendars for one in replies(text) if one.uid == row.meeting.uid]
    if not found:
        raise Refused(_("There is no answer to this invitation in the mail."), code="no_answer")
    person = present_record(row.person)
    own = [one for one in found if _is_of(one, mail, person)]
    if not own:
        raise Refused(_("Somebody else answered to this invitation."), code="somebody_else")
    reply = max(own, key=lambda one: one.written_at or _LONG_AGO)
    if reply.sequence < row.asked_since:
        raise Refused(_("The call has been moved since, and people were asked anew."), code="outdated")
    # Whoever stopped their mails, or is not mailed yet, has another time before them than the one of the call now.
    said = {"asked_for": row.asked_for, "said_at": reply.written_at}
    answer_call(row.meeting, SAYS[reply.answer], by=person, way=Way.CALENDAR, **said)


def _is_of(reply: Reply, mail: Inbound, person: Person) -> bool:
    if reply.attendee and reply.attendee == calendar_email(person.email or ""):
        return True
    return any(address and person_with_email(address) == person for address in (reply.attendee, mail.sender))
