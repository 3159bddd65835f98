"""What is frozen when voting opens, as one text whose hash everything that follows is bound to. Pure.

    {"format":"folkmoot-election-1","title":…,"group":…,"zone":…,"opens_at":…,"closes_at":…,"accepts_until":…,
     "needed":…,"is_final":…,"officers":[…],"contests":[…],"voters":…,"roll":…}

as JSON without blanks, keys in the order written here, letters as they are. `roll` is the hash of the roll with a nonce
of 128 bits (`roll_hash`), which is published after the close: a bare hash of names that are known could be guessed.
Officers come in the order in which ballots are sealed to them, candidates in the order in which ballots rank them.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from folkmoot.governance.domain.sealed.envelopes import Key, Sealing, fingerprint, public_of
from folkmoot.kit.errors import Refused

FORMAT: Final = "folkmoot-election-1"


@dataclass(frozen=True)
class FrozenOfficer:
    """An officer with both public keys."""

    name: str
    opening: Key
    signing: Key

    @property
    def print_of(self) -> str:
        return print_of(self.opening, self.signing)


@dataclass(frozen=True)
class FrozenContest:
    """What is voted on: `candidates` in the frozen order, `rules` as `given.rules_to_json` writes them."""

    title: str
    method: str
    places: int
    candidates: tuple[str, ...]
    rules: Mapping[str, Any] = field(default_factory=dict)
    affiliations: tuple[str, ...] = ()
    publishes_all: bool = False


@dataclass(frozen=True)
class FrozenElection:
    """Everything of an election that can change no more."""

    title: str
    group: str
    zone: str
    opens_at: datetime
    closes_at: datetime
    accepts_until: datetime
    needed: int
    is_final: bool
    officers: tuple[FrozenOfficer, ...]
    contests: tuple[FrozenContest, ...]
    voters: int
    roll: str

    def text(self) -> str:
        """The one text of it."""
        return json.dumps(
            {
                "format": FORMAT,
                "title": self.title,
                "group": self.group,
                "zone": self.zone,
                "opens_at": _instant(self.opens_at),
                "closes_at": _instant(self.closes_at),
                "accepts_until": _instant(self.accepts_until),
                "needed": self.needed,
                "is_final": self.is_final,
                "officers": [
                    {
                        "name": officer.name,
                        "opening": public_of(officer.opening),
                        "signing": public_of(officer.signing),
                        "print": officer.print_of,
                    }
                    for officer in self.officers
                ],
                "contests": [
                    {
                        "title": contest.title,
                        "method": contest.method,
                        "places": contest.places,
                        "candidates": list(contest.candidates),
                        "rules": dict(contest.rules),
                        "affiliations": list(contest.affiliations),
                        "publishes_all": contest.publishes_all,
                    }
                    for contest in self.contests
                ],
                "voters": self.voters,
                "roll": self.roll,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def frozen_hash(text: str) -> str:
    """SHA-256 of a frozen text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def bound_to(text: str, number: int) -> bytes:
    """The 32 bytes to which envelopes of contest `number` (from 0) of a frozen election are bound."""
    return hashlib.sha256(f"{number}\n{text}".encode()).digest()


def roll_hash(lines: Iterable[str], nonce: bytes) -> str:
    """SHA-256, in hexadecimal, of the nonce and the sorted lines of a roll; one line for each voter, in any order."""
    return hashlib.sha256(nonce + "\n".join(sorted(lines)).encode()).hexdigest()


def print_of(opening: Key, signing: Key) -> str:
    """An officer's fingerprint, in base64url: SHA-256 of the thumbprints of both keys (RFC 7638) joined by a dot."""
    both = f"{fingerprint(opening)}.{fingerprint(signing)}".encode()
    return urlsafe_b64encode(hashlib.sha256(both).digest()).rstrip(b"=").decode()


def sealing_of(text: str, number: int) -> Sealing:
    """For what ballots of contest `number` of a frozen election are sealed. Refused `not_frozen` for another text."""
    try:
        frozen = json.loads(text)
        contest = frozen["contests"][number]
        return Sealing(
            contest=bound_to(text, number),
            officers=tuple(officer["opening"] for officer in frozen["officers"]),
            needed=int(frozen["needed"]),
            candidates=len(contest["candidates"]),
        )
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused("This is no frozen election.", code="not_frozen") from None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
