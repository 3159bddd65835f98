"""What a charter's rules of membership ask of somebody who joins."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Asks(StrEnum):
    """What a rule of membership asks of somebody who wishes to join."""

    NOTHING = "nothing"
    """It tells who is welcome."""
    AFFIRMATION = "affirmation"
    """It wants something of those who take part; they say that they have read it."""
    WORDS = "words"
    """It is about who they are; they may write a sentence."""
    APPROVAL = "approval"
    """Somebody has to say yes."""


_NOBODY_HAS_TO: Final = re.compile(
    r"\b(?:no(?:body|\s?one)?|not?|without|never|neither|nor|need not|needn[’']t|(?:do|does)n[’']t)\b[^.;:]{0,40}"
    r"\b(?:invit\w+|appro\w+|appl(?:y|ication\w*)|ask\w*|vet\w*|select\w+|permission\w*)",
    re.IGNORECASE,
)
_APPROVAL: Final = re.compile(
    r"\bby invitation\b|\binvitation[- ]only\b|\binvited by\b"
    r"|\bmust be (?:invited|nominated|sponsored|selected|elected)\b"
    r"|\bappro(?:ved|val)\b"
    r"|\bappl(?:y|ies|ications?) (?:to join|to become|for (?:membership|a seat|participation)"
    r"|to (?:the )?(?:managers?|chairs?|leads?|group)|by|in writing|through|via)\b"
    r"|\b(?:must|should|have to|need to|please) apply\b"
    r"|\bby application\b|\bsubmit an application\b"
    r"|\b(?:appointed|accepted|admitted|vetted|confirmed|selected) by\b"
    r"|\bat the discretion of\b|\bupon acceptance\b",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    r"\bbackground|\binterest(?:s|ed)?\b|\bexperience|\bskills?\b|\bexpertise\b|\bfamiliar|\bknowledge\b|\bpassion"
    r"|\bintroduce (?:them|your)sel",
    re.IGNORECASE,
)
_AFFIRMATION: Final = re.compile(
    r"\brequire[sd]?\b|\bmust\b|\bshould\b|\bshall\b|\bexpect(?:s|ed)?\b|\bcommit|\bagree|\babide|\bmeans\b|\bobliged\b"
    r"|\bresponsib|\b(?:are|is) asked to\b|\bare to\b|\bneeds? to\b|\bactive(?:ly)?\b",
    re.IGNORECASE,
)
LONGEST: Final = 2_000


def what_it_asks(rule: str) -> Asks:
    """What one rule of membership, in the charter's words, asks of somebody who joins.

    A rule that nothing here knows asks nothing: it is shown, and stands in nobody's way.
    """
    said = " ".join(rule[:LONGEST].split())
    if demands_approval(said):
        return Asks.APPROVAL
    if _WORDS.search(said):
        return Asks.WORDS
    if _AFFIRMATION.search(_NOBODY_HAS_TO.sub(" ", said)):
        return Asks.AFFIRMATION
    return Asks.NOTHING


def demands_approval(words: str) -> bool:
    """Whether these words of a charter want somebody to say yes before one belongs: "by invitation"."""
    said = " ".join(words[:LONGEST].split())
    return bool(_APPROVAL.search(_NOBODY_HAS_TO.sub(" ", said)))
