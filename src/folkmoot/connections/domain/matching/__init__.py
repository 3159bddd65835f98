"""Who has a chat with whom: a round of a programme, decided exactly and explained. Pure.

See `programme` for what is asked, `rounds.match` for the goals, `pairing` for rules, appeals and reasons, `candidates`
for which pairs are looked at, `solving` for how the best ones are found, and docs/decisions for why.
"""

from __future__ import annotations

from folkmoot.connections.domain.matching.pairing import Good, Reason
from folkmoot.connections.domain.matching.programme import Appeals, Met, Part, Participant, Programme, topic
from folkmoot.connections.domain.matching.rounds import Conversation, LeftOver, Round, Why, match
from folkmoot.connections.domain.matching.words import LEFT_OVER, clause, sentence

__all__ = [
    "LEFT_OVER",
    "Appeals",
    "Conversation",
    "Good",
    "LeftOver",
    "Met",
    "Part",
    "Participant",
    "Programme",
    "Reason",
    "Round",
    "Why",
    "clause",
    "match",
    "sentence",
    "topic",
]
