"""Which power goes with a role, told from the word that a charter uses for it.

A readable table, first match wins. A word that is not in it contributes: that gives no key to anything, and
takes nobody's voice away.
"""

from __future__ import annotations

import re

from folkmoot.groups.models import Power

WORDS: tuple[tuple[str, Power], ...] = (
    (r"observers?|followers?|lurkers?|subscribers?|guests?|community at large", Power.OBSERVE),
    (r"project leads?|task leads?|tech(?:nical)? leads?", Power.TAKE_PART),
    (
        r"managers?|co-?chairs?|chairs?|chair ?(?:persons?|man|men|woman|women)|leads?|leaders?|co-?leads?"
        r"|facilitators?|conven[oe]rs?|coordinators?|organi[sz]ers?",
        Power.MANAGE,
    ),
)
# The word that a name ends with; "non-manager" is none.
_TABLE = tuple((re.compile(rf"(?:.*[^\w-])?(?:{words})", re.IGNORECASE), power) for words, power in WORDS)
_HEAD_ENDS = re.compile(r"\s+(?:of|for|to|in|with|and|or)\s|\s*[(,/&]", re.IGNORECASE)


def power_of_role(name: str) -> Power:
    """The power of a role by the word its name ends with, in any number: "Working Group Managers", "Chair of care"."""
    name = " ".join(name[:200].split())
    for said in (name, _HEAD_ENDS.split(name, maxsplit=1)[0].strip()):
        for words, power in _TABLE:
            if words.fullmatch(said):
                return power
    return Power.TAKE_PART
