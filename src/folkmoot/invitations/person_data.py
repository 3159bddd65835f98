"""What invitations keep about people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.invitations.models import CallGuest, CallInvitation, InvitationWish
from folkmoot.people.person_data import PRIVATE, OnErasing, Rows, offer

WHO_LEADS = _("You, whoever leads the group, and the stewards.")


def offer_all() -> None:
    """Answer for every model of this room that points at a person."""
    offer(
        "invitations.wishes",
        Rows(
            _("Whether you want invitations to calls by mail"),
            InvitationWish,
            "person",
            _wish,
            seen_by=PRIVATE,
            corrected_at="my_invitations",
            fetched=("group",),
        ),
    )
    offer(
        "invitations.mailed",
        Rows(
            _("Invitations to calls that were mailed to you"),
            CallInvitation,
            "person",
            _mailed,
            seen_by=PRIVATE,
            fetched=("meeting__group",),
        ),
    )
    offer(
        "invitations.guest",
        Rows(
            _("Calls to which you were invited as a guest"),
            CallGuest,
            "person",
            _guest,
            seen_by=WHO_LEADS,
            fetched=("meeting__group",),
        ),
    )
    offer(
        "invitations.guests_invited",
        Rows(
            _("Guests whom you invited to calls"),
            CallGuest,
            "invited_by",
            _of_call,
            on_erasing=OnErasing.KEEP,
            seen_by=WHO_LEADS,
            fetched=("meeting__group",),
        ),
    )


def _of_call(row: Any) -> dict[str, Any]:
    return {"group": row.meeting.group.name, "call": row.meeting.starts_at.isoformat()}


def _wish(row: InvitationWish) -> dict[str, Any]:
    group = row.group.name if row.group is not None else None
    return {"group": group, "as_guest": row.group is None, "wanted": row.is_wanted, "since": row.since.isoformat()}


def _mailed(row: CallInvitation) -> dict[str, Any]:
    ended = row.ended_at.isoformat() if row.ended_at else None
    return {**_of_call(row), "first": row.made_at.isoformat(), "last": row.mailed_at.isoformat(), "ended": ended}


def _guest(row: CallGuest) -> dict[str, Any]:
    back = row.withdrawn_at.isoformat() if row.withdrawn_at else None
    return {**_of_call(row), "invited_at": row.invited_at.isoformat(), "taken_back_at": back}
