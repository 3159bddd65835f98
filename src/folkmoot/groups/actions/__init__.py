"""Every change of a group: founding, charters, and who holds which role."""

from folkmoot.groups.actions.amending import (
    adopt_amendment,
    bring_into_force,
    bring_up_to_date,
    change_amendment,
    decline_amendment,
    discard_amendment,
    propose_amendment,
    start_amendment,
    withdraw_amendment,
)
from folkmoot.groups.actions.charters import adopt_charter, digest_of
from folkmoot.groups.actions.commenting import comment_on_amendment, edit_comment, hide_comment, withdraw_comment
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
    "adopt_amendment",
    "adopt_charter",
    "bring_into_force",
    "bring_up_to_date",
    "change_amendment",
    "comment_on_amendment",
    "decline_amendment",
    "digest_of",
    "discard_amendment",
    "edit_comment",
    "end_participation",
    "found_group",
    "give_role",
    "hide_comment",
    "hold_group",
    "is_full",
    "managing_role",
    "propose_amendment",
    "start_amendment",
    "withdraw_amendment",
    "withdraw_comment",
]
