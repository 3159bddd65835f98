"""Groups, their charters with clauses, roles and participation."""

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
from folkmoot.groups.models.participation import Participation, Power, Role
from folkmoot.groups.models.seats import Begun, Ended, Filling, Seat, Term
from folkmoot.groups.models.structure import GroupProposal, GroupSlug, ProposalState

__all__ = [
    "Answer",
    "Begun",
    "CharterDraft",
    "CharterVersion",
    "Clause",
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
    "Participation",
    "Power",
    "ProposalState",
    "Role",
    "Seat",
    "Term",
    "UnownedHolding",
    "_new_draft_id",  # a migration names it
]
