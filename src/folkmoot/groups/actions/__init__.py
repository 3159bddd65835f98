"""Every change of a group: founding, charters, and who holds which role."""

from folkmoot.groups.actions.charters import adopt_charter, digest_of
from folkmoot.groups.actions.founding import found_group
from folkmoot.groups.actions.participation import (
    MOST_MANAGERS,
    end_participation,
    give_role,
    hold_group,
    is_full,
    managing_role,
)

__all__ = [
    "MOST_MANAGERS",
    "adopt_charter",
    "digest_of",
    "end_participation",
    "found_group",
    "give_role",
    "hold_group",
    "is_full",
    "managing_role",
]
