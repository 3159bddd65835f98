"""When people may say that they were at a call, and the codes that are shown there. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from folkmoot.kit import zones

EARLY = timedelta(minutes=15)
"""How long before a call begins people may say that they are there."""
CLOSES_AFTER = timedelta(days=14)
"""How long after a call its list closes by itself."""

CODE_LETTERS = "CDFGHJKMNPQRTWX34679"
"""No vowels, so that no word comes out, and nothing that is taken for something else: 0 and O, 1 and I, 2 and Z, 5
and S, 8 and B, U and V."""
CODE_LENGTH = 6


@dataclass(frozen=True)
class Times:
    """When a call's list takes what: instants in UTC, each end excluded.

    From `opens` on people may say that they are there, until `ends` by themselves; until `closes` everybody may
    correct what stands about them, and who looks after the call may add people.
    """

    opens: datetime
    ends: datetime
    closes: datetime

    def takes_taps(self, now: datetime) -> bool:
        return self.opens <= now < self.ends

    def has_opened(self, now: datetime) -> bool:
        return self.opens <= now

    def has_closed(self, now: datetime) -> bool:
        return now >= self.closes


def times_of(starts_at: datetime, ends_at: datetime, zone: str) -> Times:
    """The times of a call: it takes taps until the end of the next day where it is anchored."""
    place = zones.zone(zone)
    last = ends_at.astimezone(place).date() + timedelta(days=1)
    midnight = zones.local_to_utc(datetime.combine(last + timedelta(days=1), time()), zone).utc
    return Times(opens=starts_at - EARLY, ends=midnight, closes=ends_at + CLOSES_AFTER)


def new_code(choose: Callable[[str], str]) -> str:
    """A code of letters and digits; `choose` picks one of them at random (`secrets.choice`)."""
    return "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """A code as somebody typed it: without spaces and dashes, in capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[: CODE_LENGTH * 2]


def spelled_code(code: str) -> str:
    """`K7M 4QX`: in two halves, which are easier to read and to say."""
    return f"{code[:3]} {code[3:]}"
