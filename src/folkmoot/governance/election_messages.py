"""The kinds of messages of an election: when each is due, who gets it, and what it suggests to say.

A part adds its own from `fill()` in its `panels/<part>.py`, or where its module is loaded:

    add_message("voting_opens", MessageKind(_("Voting is open"), Stage.VOTING, people=voters_of, subject=…, words=…))

Each election gets one draft of every kind that fits it, which those who look after it may change, move or leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.domain.days import Days, Step
from folkmoot.governance.models.elections import Election, ElectionKind, Stage
from folkmoot.kit.registry import Registry
from folkmoot.notices.kinds import Shortcut
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label

LOOK: Label = _("Have a look")
ELECTING = (ElectionKind.REGULAR, ElectionKind.VACANCY)
EVERY_KIND = tuple(ElectionKind)


def page_of(election: Election) -> str:
    """The election's own page."""
    return election.get_absolute_url()


def always(election: Election) -> str:
    """Nothing keeps a message back but its day."""
    return ""


@dataclass(frozen=True)
class MessageKind:
    """What one message is for.

    It is due `days` after (or, below 0, before) the first or the last day of `stage`; an election without that step
    has no such message. `people` gives whom it goes to when it is sent, as a query over people; `subject` and `words`
    what it says unless somebody wrote other words; `path` the page that its button leads to, which says `action`.
    `shortcut` gives one person's own way in, for the mail alone. `waits` says in a sentence why it cannot go yet even
    on its day, or nothing.
    """

    label: Label
    stage: Stage
    people: Callable[[Election], QuerySet[Person]]
    subject: Callable[[Election], str]
    words: Callable[[Election], str]
    days: int = 0
    edge: Literal["first", "last"] = "first"
    path: Callable[[Election], str] = page_of
    action: Label = LOOK
    shortcut: Callable[[Election, Person], Shortcut | None] | None = None
    waits: Callable[[Election], str] = always
    kinds: Collection[ElectionKind] = EVERY_KIND
    by_itself: bool = True
    """False for one that is written only where something happened, such as a cancellation."""
    tells_turnout: bool = False
    """True where it goes to those who have not voted: how many they are is told to nobody while people vote."""

    def due_on(self, days: Mapping[Step, Days]) -> date | None:
        """Its day in an election with these days; None where the step is left out."""
        span = days.get(Step(self.stage))
        if span is None:
            return None
        day = (span.first if self.edge == "first" else span.last) + timedelta(days=self.days)
        return max(day, span.first) if self.edge == "last" else day


def hides_number(kind: MessageKind | None, election: Election) -> bool:
    """Whether it is kept from everybody to how many people a message goes or went, as it would tell who has voted.

    From the close on the turnout is known anyway; of an election that was cancelled it is never told.
    """
    return kind is not None and kind.tells_turnout and election.closed_at is None


KINDS: Registry[MessageKind] = Registry("kind of election message")


def add_message(name: str, kind: MessageKind, *, order: int = 100) -> None:
    """Offer a kind of message; `order` decides between those of one day."""
    KINDS.register(name, kind, order=order, by=kind.people.__module__)
