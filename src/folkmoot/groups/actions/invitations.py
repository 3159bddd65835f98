"""Inviting people to a group, and coming in by an invitation."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.joining import join_group
from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.facts import InvitationMade, InvitationRevoked, InvitationSentAgain, InvitationUsed
from folkmoot.groups.joining import present_of
from folkmoot.groups.models import Group, Invitation, InvitationUse, JoinRequest, Participation, Power, Role
from folkmoot.groups.notices import InvitedByMail
from folkmoot.groups.pages import YOU_CAN, as_one_of
from folkmoot.groups.rules import may_invite
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.actions import person_for
from folkmoot.people.models import Person

MAIL_LASTS = timedelta(days=30)
MOST_DAYS = 90
MOST_USES = 500
MOST_MAILS_A_DAY = 50
AGAIN_AFTER = timedelta(hours=1)


@transaction.atomic
def make_invitation_link(
    group: Group, role: Role, *, days: int = 14, most_uses: int = 25, by: Actor
) -> tuple[Invitation, str]:
    """An invitation for whoever holds its link, and the link's path, which nobody can read again later.

    Open for `days` (1 to 90) and `most_uses` people (1 to 500). Refused `role` for a role that leads, `invalid`.
    """
    _check(group, role, by)
    if not 1 <= days <= MOST_DAYS or not 1 <= most_uses <= MOST_USES:
        raise Refused(
            _("An invitation is open for up to %(days)d days, and for up to %(uses)d people.")
            % {"days": MOST_DAYS, "uses": MOST_USES},
            code="invalid",
        )
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    invitation = Invitation.objects.create(
        group=group,
        role=role,
        by=_person(by),
        token_digest=digest_of_token(token),
        made_at=now,
        expires_at=now + timedelta(days=days),
        most_uses=most_uses,
    )
    _record_made(invitation, by)
    return invitation, path_of(token)


@transaction.atomic
def invite_by_mail(group: Group, role: Role, email: str, *, name: str = "", by: Actor) -> Invitation:
    """Invite one person by mail; whoever has no record here gets one, which is theirs once they sign in.

    Refused `role`, `invalid` (no address), `already_there`, `already_invited`, `too_many` (in a day).
    """
    _check(group, role, by)
    hold_group(group)
    now = timezone.now()
    _check_pace(by, now)
    person = person_for(email, name=name, by=by)
    if present_of(person, group) is not None:
        raise Refused(_("%(name)s takes part already.") % {"name": person.name}, code="already_there")
    if open_invitations(group).filter(person=person, expires_at__gt=now).exists():
        raise Refused(
            _("%(name)s is invited already. You can send it again from the list.") % {"name": person.name},
            code="already_invited",
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        group=group,
        role=role,
        by=_person(by),
        person=person,
        token_digest=digest_of_token(token),
        made_at=now,
        sent_at=now,
        expires_at=now + MAIL_LASTS,
        most_uses=1,
    )
    _record_made(invitation, by)
    _send(invitation, token)
    return invitation


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, by: Actor) -> Invitation:
    """Send a mailed invitation once more, with a new link and a new month; the old link stops working."""
    require(may_invite(by, invitation.group))
    hold_group(invitation.group)
    invitation = Invitation.objects.select_related("group", "role", "person").get(pk=invitation.pk)
    now = timezone.now()
    if invitation.person is None or invitation.revoked_at or invitation.uses:
        raise Refused(_("This invitation cannot be sent again."), code="closed")
    if invitation.sent_at and now - invitation.sent_at < AGAIN_AFTER:
        raise Refused(_("It was sent within the last hour. Please give it a little time."), code="too_soon")
    _check_pace(by, now)
    token = secrets.token_urlsafe(24)
    invitation.token_digest, invitation.sent_at = digest_of_token(token), now
    invitation.expires_at, invitation.by = now + MAIL_LASTS, _person(by)
    invitation.save(update_fields=["token_digest", "sent_at", "expires_at", "by"])
    record(
        InvitationSentAgain(invitation_id=invitation.pk),
        by=by,
        about=invitation.person,
        on=invitation,
        within=invitation.group,
    )
    _send(invitation, token)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take an invitation back; done twice, it is written once. Who came in by it stays."""
    require(may_invite(by, invitation.group))
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(
            InvitationRevoked(invitation_id=invitation.pk),
            by=by,
            about=invitation.person,
            on=invitation,
            within=invitation.group,
        )


@transaction.atomic
def accept_invitation(
    token: str, *, answers: Mapping[int, str], agreed_to: Collection[int], by: Person
) -> Participation | JoinRequest:
    """Come in by an invitation, in its role and no other; refused as `join_group` refuses, or as `why_closed` says."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Refused(_("This invitation does not exist."), code="not_found")
    if reason := why_closed(invitation, by):
        raise Refused(reason, code="closed")
    present = present_of(by, invitation.group)
    if present is not None:
        return present
    count_use(invitation)
    participation = join_group(
        invitation.group, str(invitation.role_id), answers=answers, agreed_to=agreed_to, by=by, invited=True
    )
    InvitationUse.objects.get_or_create(invitation=invitation, person=by, defaults={"used_at": timezone.now()})
    record(InvitationUsed(invitation_id=invitation.pk), by=by, about=by, on=invitation, within=invitation.group)
    return participation


def count_use(invitation: Invitation) -> None:
    """Count one more person; Refused `used_up` when the last place was just taken."""
    if not open_invitations(invitation.group).filter(pk=invitation.pk).update(uses=F("uses") + 1):
        raise Refused(_("This invitation has been used up."), code="used_up")


def open_invitations(group: Group) -> QuerySet[Invitation]:
    """The invitations of a group that are neither taken back nor used up."""
    return Invitation.objects.filter(group=group, revoked_at=None, uses__lt=F("most_uses"))


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a token, without using it; None for a token that nobody made."""
    return (
        Invitation.objects.filter(token_digest=digest_of_token(token))
        .select_related("group", "role", "by", "person")
        .first()
    )


def why_closed(invitation: Invitation, person: Person | None, *, now: datetime | None = None) -> str:
    """Why an invitation lets this person (None: somebody not signed in) not in, in a sentence; empty if it does."""
    if invitation.revoked_at:
        return _("This invitation was taken back.")
    if invitation.expires_at <= (now or timezone.now()):
        return _("This invitation is too old. Please ask for a new one.")
    if invitation.uses >= invitation.most_uses:
        return _("This invitation has been used up. Please ask for a new one.")
    if invitation.by is not None and not may_invite(invitation.by, invitation.group):
        return _("Whoever made this invitation does not lead the group any more. Please ask for a new one.")
    if person is not None and invitation.person is not None and invitation.person != person:
        return _("This invitation is for somebody else. Please sign in with the address that it was sent to.")
    return ""


def path_of(token: str) -> str:
    """The page of an invitation; opening it decides nothing."""
    return reverse("invitation", args=[token])


def digest_of_token(token: str) -> str:
    """SHA-256 in hexadecimal, which is all that is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _check(group: Group, role: Role, by: Actor) -> None:
    require(may_invite(by, group))
    if role.group_id != group.pk or role.power == Power.MANAGE:
        raise Refused(_("An invitation leads to a role that takes part or follows, none that leads."), code="role")


def _check_pace(by: Actor, now: datetime) -> None:
    if isinstance(by, Person):
        sent = Invitation.objects.filter(by=by, person__isnull=False, sent_at__gt=now - timedelta(days=1)).count()
        if sent >= MOST_MAILS_A_DAY:
            raise Refused(
                _("You have sent %(count)d invitations within a day. Please go on tomorrow, or use a link.")
                % {"count": MOST_MAILS_A_DAY},
                code="too_many",
            )


def _person(by: Actor) -> Person | None:
    return by if isinstance(by, Person) else None


def _record_made(invitation: Invitation, by: Actor) -> None:
    record(
        InvitationMade(invitation_id=invitation.pk, role=invitation.role.name, most_uses=invitation.most_uses),
        by=by,
        about=invitation.person,
        on=invitation,
        within=invitation.group,
    )


def _send(invitation: Invitation, token: str) -> None:
    assert invitation.person is not None
    role = invitation.role
    tell(
        [invitation.person],
        InvitedByMail(
            group=invitation.group,
            by=invitation.by.name if invitation.by else "",
            role=role.name,
            you_can=f"{as_one_of(role.name)} {YOU_CAN[Power(role.power)]}",
            until=timezone.localdate(invitation.expires_at),
            accept_path=path_of(token),
        ),
    )
