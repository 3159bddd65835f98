"""What was done to a text, told from how it was and how it is: so that an edit can be made where others write on."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from re import DOTALL, compile

# Comparing takes time by the square of the length; beyond this the part that differs is one edit.
COMPARED = 4_000
_WORDS = compile(r"\w+|.", DOTALL)


@dataclass(frozen=True)
class Edit:
    """At this character of the text as it was, so many characters go, and these come."""

    at: int
    removed: int
    inserted: str


def edits(old: str, new: str) -> list[Edit]:
    """What makes `new` of `old`, from the end to the beginning, so that each can be made without shifting the next."""
    start, end = _alike(old, new)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if not before and not after:
        return []
    if not before or not after or len(before) + len(after) > COMPARED:
        return [Edit(start, len(before), after)]
    # Word by word: letters that two words happen to share are no reason to mingle them.
    old_words, new_words = _WORDS.findall(before), _WORDS.findall(after)
    places = list(accumulate(map(len, old_words), initial=start))
    found = [
        Edit(places[a], places[b] - places[a], "".join(new_words[c:d]))
        for how, a, b, c, d in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes()
        if how != "equal"
    ]
    return found[::-1]


def applied(text: str, changes: list[Edit]) -> str:
    """The text with the edits made, in the order of `edits`."""
    for edit in changes:
        text = text[: edit.at] + edit.inserted + text[edit.at + edit.removed :]
    return text


def _alike(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning and at the end are the same."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    # Not within a word, where it would be cut in two.
    while 0 < start < shorter and old[start - 1].isalnum() and (old[start].isalnum() or new[start].isalnum()):
        start -= 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end
