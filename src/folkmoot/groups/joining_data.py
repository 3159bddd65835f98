"""What joining, inviting and appointing keep about people, for export, merging and erasing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import (
    Consent,
    Invitation,
    InvitationUse,
    JoinRequest,
    ManagerAppointment,
    MembershipAnswer,
    RosterDraft,
)
from folkmoot.people.person_data import OnErasing, Rows, offer


def offer_all() -> None:
    """Answer for every row of ours that points at a person."""
    keep = OnErasing.KEEP
    offer("groups.consents", Rows(_("What you agreed to"), Consent, "person", _consent, keep))
    offer("groups.membership_answers", Rows(_("What you answered when joining"), MembershipAnswer, "person", _answer))
    offer(
        "groups.join_requests",
        Rows(_("Groups that you asked to join"), JoinRequest, "person", _request, keep, clear=("words",)),
    )
    offer("groups.invitations", Rows(_("Invitations to you"), Invitation, "person", _invitation, keep))
    offer("groups.invitations_made", Rows(_("Invitations that you made"), Invitation, "by", _invitation, keep))
    offer("groups.invitations_used", Rows(_("Invitations that you used"), InvitationUse, "person", _use, keep))
    offer(
        "groups.appointments",
        Rows(_("Terms of leading a group"), ManagerAppointment, "person", _appointment, keep, clear=("why_ended",)),
    )
    offer(
        "groups.appointments_made",
        Rows(_("Terms that you offered to others"), ManagerAppointment, "by", _appointment_made, keep),
    )
    offer("groups.rosters", Rows(_("Lists that you uploaded"), RosterDraft, "by", _roster))


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "document": row.agreement.title,
        "version": row.agreement.number,
        "agreed_at": row.given_at.isoformat(),
    }


def _answer(row: MembershipAnswer) -> dict[str, Any]:
    return {
        "group": row.group.name,
        "rule": row.rule,
        "answer": row.answer,
        "given_at": row.given_at.isoformat(),
    }


def _request(row: JoinRequest) -> dict[str, Any]:
    return {
        "group": row.group.name,
        "role": row.role.name,
        "asked_at": row.asked_at.isoformat(),
        "state": row.state,
        "words": row.words,
    }


def _invitation(row: Invitation) -> dict[str, Any]:
    return {"group": row.group.name, "role": row.role.name, "made_at": row.made_at.isoformat(), "uses": row.uses}


def _use(row: InvitationUse) -> dict[str, Any]:
    return {"group": row.invitation.group.name, "used_at": row.used_at.isoformat()}


def _appointment(row: ManagerAppointment) -> dict[str, Any]:
    return {
        **_appointment_made(row),
        "hours_a_week": row.hours_a_week,
        "named_publicly": row.names_publicly,
        "why_ended": row.why_ended,
    }


def _appointment_made(row: ManagerAppointment) -> dict[str, Any]:
    return {
        "group": row.group.name,
        "role": row.role.name,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "state": row.state,
    }


def _roster(row: RosterDraft) -> dict[str, Any]:
    return {"group": row.group.name, "file_name": row.file_name, "made_at": row.made_at.isoformat()}
