"""Where invitations hang their parts on what other rooms show and ask."""

from __future__ import annotations

from folkmoot.invitations.links import answer_shortcut
from folkmoot.meetings.offers import answer_links


def fill() -> None:
    """Offer links by which people answer a call from the mails about it."""
    answer_links.register("invitations", answer_shortcut)
