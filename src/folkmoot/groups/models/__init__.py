"""Groups, their charters with clauses, roles and participation."""

from folkmoot.groups.models.appointments import AppointmentState, ManagerAppointment
from folkmoot.groups.models.charters import CharterDraft, CharterVersion, Clause, _new_draft_id
from folkmoot.groups.models.groups import Group, GroupState
from folkmoot.groups.models.invitations import Invitation, InvitationUse
from folkmoot.groups.models.joining import Agreement, Consent, JoinRequest, MembershipAnswer, RequestState
from folkmoot.groups.models.participation import Participation, Power, Role
from folkmoot.groups.models.rosters import RosterDraft, _new_roster_id

__all__ = [
    "Agreement",
    "AppointmentState",
    "CharterDraft",
    "CharterVersion",
    "Clause",
    "Consent",
    "Group",
    "GroupState",
    "Invitation",
    "InvitationUse",
    "JoinRequest",
    "ManagerAppointment",
    "MembershipAnswer",
    "Participation",
    "Power",
    "RequestState",
    "Role",
    "RosterDraft",
    "_new_draft_id",  # a migration names it
    "_new_roster_id",  # a migration names it
]
