"""What may be done about invitations."""

from folkmoot.invitations.actions.guests import invite_guest, uninvite_guest
from folkmoot.invitations.actions.mailing import bring_invitations_in_order
from folkmoot.invitations.actions.wishes import stop_invitations, wish_invitations

__all__ = [
    "bring_invitations_in_order",
    "invite_guest",
    "stop_invitations",
    "uninvite_guest",
    "wish_invitations",
]
