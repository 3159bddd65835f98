"""Whose votes are binding, by what a charter says of its roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from folkmoot.decisions.domain.amounts import plain
from folkmoot.decisions.domain.thresholds import Said, VotingTerms

_VOTES: Final = re.compile(r"\b(?:votes?|voting|ballots?)\b")
_VOTES_NOT: Final = re.compile(
    r"\b(?:non-?voting|without (?:a |the |having (?:a|to) |any )?vot\w+|"
    r"(?:do|does|may|can|shall|have|has|must) ?not? (?:\w+ )?(?:a )?vot\w+|"
    r"cannot vote|no (?:right to )?vot\w+|not (?:be )?(?:eligible|entitled|allowed) to vote|advisory)\b"
)


@dataclass(frozen=True)
class RoleSaid:
    """A role as the charter describes it. `power`: "manage", "take_part" or "observe"."""

    name: str
    power: str
    said: Said


@dataclass(frozen=True)
class RoleVote:
    """Whether a role's vote counts, and the sentence that says so (None: the charter does not say)."""

    binding: bool
    said: Said | None = None


def who_votes(roles: Iterable[RoleSaid], terms: VotingTerms) -> dict[str, RoleVote]:
    """By the name of each role whether its votes are binding.

    What the charter says of a role comes first; where it gives some roles the vote, the others have none. Then the
    rule of the vote ("a majority of the managers"). Else those vote who lead or contribute; observers advise.
    """
    known = list(roles)
    spoken: dict[str, RoleVote] = {}
    for role in known:
        for sentence in _sentences(role.said.text):
            low = plain(sentence)
            if _VOTES_NOT.search(low):
                spoken[role.name] = RoleVote(False, Said(sentence, role.said.number, role.said.anchor))
                break
            if _VOTES.search(low):
                spoken[role.name] = RoleVote(True, Said(sentence, role.said.number, role.said.anchor))
                break
    some_vote = any(vote.binding for vote in spoken.values())
    found: dict[str, RoleVote] = {}
    for role in known:
        if role.name in spoken:
            found[role.name] = spoken[role.name]
        elif some_vote:
            found[role.name] = RoleVote(False)
        elif terms.of_leaders:
            found[role.name] = RoleVote(role.power == "manage", terms.threshold_said)
        else:
            found[role.name] = RoleVote(role.power in ("manage", "take_part"))
    return found


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.;!])\s+", text):
        if sentence.strip():
            yield sentence.strip()
