"""Groups, their charters with clauses, roles and participation."""

from folkmoot.groups.models.amendments import Amendment, AmendmentComment, AmendmentState
from folkmoot.groups.models.charters import CharterDraft, CharterVersion, Clause, _new_draft_id
from folkmoot.groups.models.groups import Group, GroupState
from folkmoot.groups.models.participation import Participation, Power, Role

__all__ = [
    "Amendment",
    "AmendmentComment",
    "AmendmentState",
    "CharterDraft",
    "CharterVersion",
    "Clause",
    "Group",
    "GroupState",
    "Participation",
    "Power",
    "Role",
    "_new_draft_id",  # a migration names it
]
