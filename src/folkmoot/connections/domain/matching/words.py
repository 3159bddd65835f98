"""Why people were brought together, in English sentences. Pages word the same reasons in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from folkmoot.connections.domain.matching.pairing import Good, Reason
from folkmoot.connections.domain.matching.rounds import Why

LEFT_OVER: Final = {
    Why.NO_SHARED_HOURS: (
        "Nobody in this round has comfortable hours in common with yours. Wider hours would make it likelier next time."
    ),
    Why.NOBODY_FREE: "There was nobody left for you this time. You come first when the next round leaves anybody over.",
}


def sentence(reasons: Sequence[Reason], names: Mapping[str, str], reader: str) -> str:
    """The two reasons that say most, as one sentence to one of the people concerned.

    `names` gives what people are called by their keys. “You both care about accessibility, and have 5 shared hours on
    weekdays.”
    """
    hours = next((each for each in reasons if each.good is Good.SHARED_HOURS), None)
    telling = next((each for each in reasons if each.good is not Good.SHARED_HOURS), None)
    both = "both" if len(names) == 2 else "all"
    if telling is None:
        return (
            f"You {both} have {shared_hours_in_words(hours.minutes)} on weekdays."
            if hours
            else "You take part in the same round."
        )
    first = clause(telling, names, reader)
    return f"{first}, and have {shared_hours_in_words(hours.minutes)} on weekdays." if hours else f"{first}."


def clause(reason: Reason, names: Mapping[str, str], reader: str) -> str:
    """One reason without a full stop, as said to one of the people concerned."""
    both = "both" if len(names) == 2 else "all"
    match reason.good:
        case Good.SHARED_TOPICS:
            return f"You {both} care about {listed(reason.topics)}"
        case Good.CAN_HELP:
            helper, learner = reason.people
            if helper == reader:
                return f"You can help with {listed(reason.topics)}, which {names[learner]} wants to learn"
            learns = "you want" if learner == reader else f"{names[learner]} wants"
            return f"{names[helper]} can help with {listed(reason.topics)}, which {learns} to learn"
        case Good.WELCOME:
            connector, newcomer = reason.people
            if newcomer == reader:
                return f"{names[connector]} likes to welcome people who are new"
            new = f"{names[newcomer]} is new here"
            return f"{new}, and you like to welcome people" if connector == reader else new
        case Good.NEVER_MET:
            return "You have not met here before"
        case Good.LONG_AGO:
            return "It is a long time since you last had a chat"
        case Good.OTHER_GROUPS:
            return "You come from different groups"
        case Good.SHARED_HOURS:
            return f"You {both} have {shared_hours_in_words(reason.minutes)} on weekdays"


def shared_hours_in_words(minutes: int) -> str:
    """Minutes rounded down to half hours: `5 shared hours`; what is less than one is said in minutes."""
    if minutes < 60:
        return f"{minutes} shared minutes"
    halves = minutes // 30
    number = f"{halves // 2}" + ("½" if halves % 2 else "")
    return f"{number} shared hour" + ("" if number == "1" else "s")


def listed(words: Sequence[str]) -> str:
    """Words in a row: `maps`, `docs and maps`, `docs, maps and tests`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
