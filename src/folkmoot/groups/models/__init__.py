"""Groups, their charters with clauses, roles and participation."""

from folkmoot.groups.models.amendments import Amendment, AmendmentComment, AmendmentState
from folkmoot.groups.models.appointments import AppointmentState, ManagerAppointment
from folkmoot.groups.models.charters import CharterDraft, CharterVersion, Clause, _new_draft_id
from folkmoot.groups.models.groups import Group, GroupState
from folkmoot.groups.models.handover import (
    Answer,
    Emeritus,
    Handover,
    HandoverLine,
    HandoverSignature,
    HandoverState,
    UnownedHolding,
)
from folkmoot.groups.models.invitations import Invitation, InvitationUse
from folkmoot.groups.models.joining import Agreement, Consent, JoinRequest, MembershipAnswer, RequestState
from folkmoot.groups.models.participation import Participation, Power, Role
from folkmoot.groups.models.rosters import RosterDraft, _new_roster_id
from folkmoot.groups.models.seats import Begun, Ended, Filling, Seat, Term
from folkmoot.groups.models.structure import GroupProposal, GroupSlug, ProposalState

__all__ = [
    "Agreement",
    "Amendment",
    "AmendmentComment",
    "AmendmentState",
    "Answer",
    "AppointmentState",
    "Begun",
    "CharterDraft",
    "CharterVersion",
    "Clause",
    "Consent",
    "Emeritus",
    "Ended",
    "Filling",
    "Group",
    "GroupProposal",
    "GroupSlug",
    "GroupState",
    "Handover",
    "HandoverLine",
    "HandoverSignature",
    "HandoverState",
    "Invitation",
    "InvitationUse",
    "JoinRequest",
    "ManagerAppointment",
    "MembershipAnswer",
    "Participation",
    "Power",
    "ProposalState",
    "RequestState",
    "Role",
    "RosterDraft",
    "Seat",
    "Term",
    "UnownedHolding",
    "_new_draft_id",  # a migration names it
    "_new_roster_id",  # a migration names it
]
