"""What is told of the texts that open calls."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class OpeningChosen(Fact):
    """Which texts open the calls of a group, by their keys, in order."""

    kind = "meetings.opening_chosen"
    audience = Audience.PUBLIC
    sentence = _("{actor} chose the texts that open the calls of the group.")

    keys: list[str]


@dataclass(frozen=True)
class OpeningRead(Fact):
    """Texts (by the numbers of their versions) were read out when a meeting opened."""

    kind = "meetings.opening_read"
    audience = Audience.GROUP
    sentence = _("{actor} noted that the opening texts were read on a call.")

    meeting_id: int
    document_ids: list[int]


@dataclass(frozen=True)
class OpeningReadWithdrawn(Fact):
    """The texts were not read out on a meeting after all."""

    kind = "meetings.opening_read_withdrawn"
    audience = Audience.GROUP
    sentence = _("{actor} took back that the opening texts were read on a call.")

    meeting_id: int
