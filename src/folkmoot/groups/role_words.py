"""Which power goes with a role, told from the word that a charter uses for it.

A readable table, first match wins. A word that is not in it contributes: that gives no key to anything, and
takes nobody's voice away.
"""

from __future__ import annotations

import re

from folkmoot.groups.models import Power

WORDS: tuple[tuple[str, Power], ...] = (
    (r"observers?|followers?|lurkers?|subscribers?|guests?|community at large", Power.OBSERVE),
    (r"project leads?|task leads?|sub-?project .*|tech(nical)? leads?|emerit\w+", Power.TAKE_PART),
    (
        r"managers?|co-?chairs?|chairs?|chair ?(persons?|men|women)|leads?|leaders?|co-?leads?"
        r"|facilitators?|conven(o|e)rs?|coordinators?|organi[sz]ers?",
        Power.MANAGE,
    ),
)
_TABLE = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), power) for words, power in WORDS)


def power_of_role(name: str) -> Power:
    """The power of a role by its name, in any number and with words around it ("Working Group Managers")."""
    for words, power in _TABLE:
        if words.search(name[:200]):
            return power
    return Power.TAKE_PART
