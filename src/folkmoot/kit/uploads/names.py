"""Names of files: one part, readable everywhere, that leads nowhere and hides nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from folkmoot.kit.naming import plain_name, shows_nothing

LONGEST: Final = 120
"""Characters, with the ending."""
MOST_NAME_BYTES: Final = 240
"""In UTF-8: what common file systems take."""
NAMELESS: Final = "file"

_ENDING: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")
# What Windows, shells and headers give a meaning of their own.
_RESERVED: Final = re.compile(r'[<>:"|?*`$;%\\/]')
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)")
_JOINERS: Final = "\u200c\u200d"


def last_part(given: str) -> str:
    """The name without the folders that some browsers send along, in either spelling, and without what nobody sees."""
    name = re.split(r"[/\\]", given)[-1]
    visible = "".join(c for c in name if c in _JOINERS or unicodedata.category(c) not in ("Cf", "Cs", "Co"))
    return plain_name(visible)


def ending_of(given: str) -> str:
    """The ending with its dot in lower case (".pdf"); nothing where the name has none that looks like one."""
    found = _ENDING.search(last_part(given).rstrip(". "))
    return found[0].lower() if found else ""


def safe_name(given: str, ending: str) -> str:
    """A name to keep and to hand out: the given one on one line, with this `ending`, of at most 120 characters."""
    name = last_part(given).rstrip(". ")
    stem = _ENDING.sub("", name)
    stem = _RESERVED.sub("-", stem).strip(". ")
    if shows_nothing(stem):
        stem = NAMELESS
    if _DEVICES.match(stem):
        stem = f"-{stem}"
    stem = stem[: LONGEST - len(ending)]
    while len((stem + ending).encode()) > MOST_NAME_BYTES:
        stem = stem[:-1]
    # A mark or joiner whose letter was cut off would cling to the ending's dot.
    return stem.rstrip(_JOINERS + ". ") + ending
