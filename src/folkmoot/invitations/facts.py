"""What invitations tell."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class InvitationsWished(Fact):
    """Somebody wants the calls of a group as invitations by mail; without a group: to be invited as a guest again."""

    kind = "invitations.wished"
    audience = Audience.PERSON
    sentence = _("{actor} wants invitations to calls by mail.")

    group_id: int | None


@dataclass(frozen=True)
class InvitationsStopped(Fact):
    """Somebody wants no invitations to the calls of a group any more; without a group: none as a guest."""

    kind = "invitations.stopped"
    audience = Audience.PERSON
    sentence = _("{actor} wants no more invitations to calls by mail.")

    group_id: int | None


@dataclass(frozen=True)
class GuestInvited(Fact):
    """Somebody from outside was asked to one call."""

    kind = "invitations.guest_invited"
    audience = Audience.GROUP
    sentence = _("{actor} invited a guest to a call.")

    meeting_id: int
    gets_way_in: bool


@dataclass(frozen=True)
class GuestUninvited(Fact):
    """Somebody from outside is not asked to a call any more."""

    kind = "invitations.guest_uninvited"
    audience = Audience.GROUP
    sentence = _("{actor} took the invitation of a guest to a call back.")

    meeting_id: int
