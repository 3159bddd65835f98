"""Announcing a call: a draft that anybody who may can go on with, sent once, and again only when one says so."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.telling import tell_groups
from folkmoot.meetings.announcing_words import FOR_DRAFTS, FOR_READERS, clean_words, first_body, first_subject
from folkmoot.meetings.call_role_rules import is_to_come, may_announce, may_set_call_roles
from folkmoot.meetings.facts import AnnouncementTextChanged, CallAnnounced
from folkmoot.meetings.models import Announcement, AnnouncementText, Meeting
from folkmoot.meetings.notices import CallIsAnnounced
from folkmoot.plan.who import author


@transaction.atomic
def save_announcement(meeting: Meeting, *, number: int, subject: str, body: str, by: Actor) -> Announcement:
    """Keep the draft of a meeting's announcement of this number.

    Refused `invalid` for words that cannot be sent, `already_sent` when it was sent meanwhile.
    """
    require(may_announce(by, meeting))
    subject, body = clean_words(subject, body)
    return _write(_held(meeting), number, subject, body, by)


@transaction.atomic
def send_announcement(
    meeting: Meeting, *, number: int, subject: str, body: str, again: bool = False, by: Actor
) -> Announcement:
    """Send it to everybody who takes part, and to the group's lists: once, however often and by whomever it is asked.

    `number` says which one is meant; one that was sent is refused `already_sent`. A further one needs `again`, else it
    is refused `not_confirmed`.
    """
    require(may_announce(by, meeting))
    subject, body = clean_words(subject, body)
    meeting = _held(meeting)
    if number > 1 and not again:
        raise Refused(
            _("This call was announced already. Please say that everybody shall get another mail."),
            code="not_confirmed",
        )
    announcement = _write(meeting, number, subject, body, by)
    announcement.sent_at = announcement.changed_at
    announcement.save(update_fields=["sent_at"])
    day = meeting.starts.date().isoformat()
    record(
        CallAnnounced(meeting.pk, announcement.pk, announcement.number, day), by=by, on=meeting, within=meeting.group
    )
    tell_groups(meeting.groups, CallIsAnnounced(meeting, announcement.pk, subject, body), by=by)
    return announcement


@transaction.atomic
def change_announcement_text(group: Group, *, subject: str, body: str, by: Actor) -> None:
    """Change the words with which a group's announcements begin; our own words put it back to them."""
    require(may_set_call_roles(by, group))
    subject, body = clean_words(subject, body, known={**FOR_DRAFTS, **FOR_READERS})
    hold_group(group)
    own = AnnouncementText.objects.filter(group=group).first()
    before = (own.subject, own.body) if own else (first_subject(), first_body())
    if before == (subject, body):
        return
    if (subject, body) == (first_subject(), first_body()):
        AnnouncementText.objects.filter(group=group).delete()
    else:
        AnnouncementText.objects.update_or_create(group=group, defaults={"subject": subject, "body": body})
    record(AnnouncementTextChanged(group.pk), by=by, on=group, within=group)


def _held(meeting: Meeting) -> Meeting:
    hold_group(meeting.group)
    fresh = Meeting.objects.select_related("group").get(pk=meeting.pk)
    require(is_to_come(fresh))
    return fresh


def _write(meeting: Meeting, number: int, subject: str, body: str, by: Actor) -> Announcement:
    """The draft of this number with these words; the meeting's group must be held."""
    if number != next_number(meeting):
        raise Refused(
            _("This announcement was sent already. What you wrote is still here, as a further one."),
            code="already_sent",
        )
    written = {"subject": subject, "body": body, "by": author(by), "changed_at": timezone.now()}
    announcement, _made = Announcement.objects.update_or_create(meeting=meeting, number=number, defaults=written)
    return announcement


def next_number(meeting: Meeting) -> int:
    """The number that an announcement of a meeting which is not sent yet has or will have."""
    return meeting.announcements.filter(sent_at__isnull=False).count() + 1
