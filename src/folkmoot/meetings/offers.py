"""What rooms above tell meetings when it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Meeting
from folkmoot.notices.kinds import Shortcut
from folkmoot.people.models import Person
from folkmoot.ui.slots import Link


class AnswerLink(Protocol):
    """The address at which one person answers one call from a mail, without signing in."""

    def __call__(self, meeting: Meeting, person: Person, /) -> Shortcut: ...


answer_links: Final[Registry[AnswerLink]] = Registry("way of answering a call from a mail")
"""The first one stands in the mails about calls."""

call_links: Final[Registry[Callable[[Meeting], Link]]] = Registry("link for whoever leads a call")
"""Further pages about a call that is to come, shown on its page to whoever leads its group."""
