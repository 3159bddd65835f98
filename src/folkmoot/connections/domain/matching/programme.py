"""What a programme of chats asks for, and what is known of the people in it. Values, checked when they are made."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Final

from folkmoot.connections.domain.shared_hours import Rhythm
from folkmoot.kit.errors import Refused

MOST_APPEAL: Final = 1_000


class Part(StrEnum):
    """How somebody takes part: most simply do; connectors like to welcome newcomers."""

    ANYBODY = "anybody"
    NEWCOMER = "newcomer"
    CONNECTOR = "connector"


def topic(words: str) -> str:
    """A topic as it is compared: `Accessibility ` and `accessibility` are one; accents stay what they are."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part in a round. Topics are compared by `topic`; groups and employers are opaque keys."""

    key: str
    rhythm: Rhythm
    cares_about: frozenset[str] = frozenset()
    can_help_with: frozenset[str] = frozenset()
    wants_to_learn: frozenset[str] = frozenset()
    part: Part = Part.ANYBODY
    groups: frozenset[str] = frozenset()
    employer: str = ""
    """Empty where none is known; it counts in the choice, and is never told."""
    region: str = ""
    """The part of the world that somebody lives in, an opaque key; it counts in the choice, and is never told."""
    wants_near: bool = False
    """Whether somebody would rather meet people of their own part of the world."""
    passed_over: int = 0
    """For how many rounds in a row there was nobody for them."""

    def __post_init__(self) -> None:
        for name in ("cares_about", "can_help_with", "wants_to_learn"):
            object.__setattr__(self, name, frozenset(filter(None, map(topic, getattr(self, name)))))


@dataclass(frozen=True)
class Met:
    """Two people who had a chat on a day; in a trio, each two of them."""

    one: str
    other: str
    on: date


@dataclass(frozen=True)
class Appeals:
    """What each good thing about a pair counts, from 0 to `MOST_APPEAL`. They are added up."""

    novelty: int = 100
    """For people who never met; it comes back with the programme's half-life after a chat."""
    shared_topic: int = 15
    """For each topic both care about, up to three."""
    help: int = 25
    """For each topic that one can help with and the other wants to learn, up to three."""
    hours: int = 30
    """For as many shared hours as `Programme.plenty`; fewer count in proportion."""
    welcome: int = 40
    """For a newcomer with a connector."""
    other_groups: int = 20
    """For two who have no group in common."""
    other_employers: int = 10
    """For two whose employers are known and differ."""
    near: int = 30
    """For two of one part of the world, where one of them wants that; twice where both do."""

    def __post_init__(self) -> None:
        for each in fields(self):
            if not 0 <= getattr(self, each.name) <= MOST_APPEAL:
                raise Refused(f"An appeal counts from 0 to {MOST_APPEAL}.", code="invalid", field=each.name)

    @property
    def most(self) -> int:
        """What the best pair there can be would count."""
        return (
            self.novelty + 3 * self.shared_topic + 3 * self.help + self.hours
            + self.welcome + self.other_groups + self.other_employers + 2 * self.near
        )  # fmt: skip


@dataclass(frozen=True)
class Programme:
    """The rules of a programme, in which only the window and the people change from round to round."""

    seed: str
    """A text that is named to everybody; equals are parted by it, with the first day of the round, not by names."""
    appeals: Appeals = field(default_factory=Appeals)
    half_life: int = 180
    """Days after which half of the appeal of meeting somebody again is back."""
    chat: int = 30
    """How many minutes in a row two have to have in common."""
    asks_for_overlap: bool = True
    """Whether only people are paired who have a chat's length of comfortable hours in common during the round."""
    plenty: int = 10 * 60
    """Shared minutes in a week beyond which more make no difference."""
    trios: bool = True
    """Whether a pair takes somebody for whom there is nobody else."""

    def __post_init__(self) -> None:
        if not self.seed.strip():
            raise Refused("Name a text by which equals are parted.", code="invalid", field="seed")
        for name in ("half_life", "chat", "plenty"):
            if getattr(self, name) < 1:
                raise Refused("That has to be at least one.", code="invalid", field=name)

    @property
    def remembers(self) -> int:
        """Days for which two who met count as a repeat: four half-lives, when 15/16 of the appeal is back."""
        return 4 * self.half_life
