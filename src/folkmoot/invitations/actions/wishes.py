"""Wanting invitations by mail, and wanting them no more."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.models import Group
from folkmoot.invitations.actions.mailing import bring_invitations_in_order
from folkmoot.invitations.facts import InvitationsStopped, InvitationsWished
from folkmoot.invitations.models import CallGuest, CallInvitation, InvitationWish
from folkmoot.invitations.rules import may_wish_invitations
from folkmoot.invitations.wanting import AHEAD, is_wanted
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.joint_reading import calls_of
from folkmoot.meetings.models import Meeting, Status
from folkmoot.people.models import Person


@transaction.atomic
def wish_invitations(group: Group | None, *, by: Person) -> None:
    """Have the calls of a group as invitations by mail, those of the next two weeks at once; twice is once.

    Without a group: let oneself be invited as a guest again. Refused `forbidden`.
    """
    require(may_wish_invitations(by, group))
    if not _keep(by, group, wanted=True):
        return
    record(InvitationsWished(group_id=group.pk if group else None), by=by, about=by, on=by, within=group)
    now = timezone.now()
    coming = Meeting.objects.filter(starts_at__gt=now)
    if group is None:
        coming = coming.filter(invited_guests__in=CallGuest.objects.filter(person=by, withdrawn_at=None))
    else:
        coming = coming.filter(calls_of([group]), starts_at__lte=now + AHEAD, status=Status.PLANNED)
    for meeting in coming.order_by("starts_at", "pk").distinct():
        bring_invitations_in_order(meeting)


@transaction.atomic
def stop_invitations(group: Group | None, *, by: Person) -> None:
    """Get no more mails about the calls of a group, or without one none as a guest; twice is once.

    It works for whoever has left the group as well. What stands in their calendar stays there as it is.
    """
    if not _keep(by, group, wanted=False):
        return
    record(InvitationsStopped(group_id=group.pk if group else None), by=by, about=by, on=by, within=group)
    of_these = CallInvitation.objects.filter(person=by, ended_at=None, meeting__starts_at__gt=timezone.now())
    if group is None:
        guests = CallGuest.objects.filter(person=by, withdrawn_at=None)
        of_these = of_these.filter(meeting__invited_guests__in=guests)
    else:
        of_these = of_these.filter(meeting__in=Meeting.objects.filter(calls_of([group])))
    for row in of_these.select_related("meeting__group").order_by("meeting__starts_at", "meeting"):
        hold_call(row.meeting)  # so that nobody who mails just now takes it up again
        if not is_wanted(row):
            CallInvitation.objects.filter(pk=row.pk).update(ended_at=timezone.now())


def _keep(person: Person, group: Group | None, *, wanted: bool) -> bool:
    """Keep a wish, one change of a person's at a time; returns whether it is another one than before."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = InvitationWish.objects.filter(person=person, group=group).first()
    before = row.is_wanted if row is not None else group is None
    if before == wanted:
        return False
    row = row or InvitationWish(person=person, group=group)
    row.is_wanted, row.since = wanted, timezone.now()
    row.save()
    return True
