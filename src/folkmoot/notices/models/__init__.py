"""Letters and what becomes of them, what people were told and by which channel, what they wish to hear."""

from __future__ import annotations

from folkmoot.notices.models.addresses import Address, Arrival, ListAddress, ListPost, MailBoxState
from folkmoot.notices.models.letters import Letter
from folkmoot.notices.models.tellings import Delivery, Digest, State, Telling
from folkmoot.notices.models.wishes import Hours, Wish

__all__ = [
    "Address",
    "Arrival",
    "Delivery",
    "Digest",
    "Hours",
    "Letter",
    "ListAddress",
    "ListPost",
    "MailBoxState",
    "State",
    "Telling",
    "Wish",
]
