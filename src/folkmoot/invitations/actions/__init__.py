"""What may be done about invitations."""

from folkmoot.invitations.actions.mailing import bring_invitations_in_order
from folkmoot.invitations.actions.wishes import stop_invitations, wish_invitations

__all__ = [
    "bring_invitations_in_order",
    "stop_invitations",
    "wish_invitations",
]
