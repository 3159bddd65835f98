"""What labels, headings and entries of minutes mean, by the tables in `lexicon`.

A label is what stands before a colon or in a heading. It is lowered, without numbering, counts in brackets and
signs, before it is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from folkmoot.meetings.domain.minutes import languages, lexicon

Standing = Literal["present", "absent", "guest"]
Head = Literal["actions", "decisions", "agenda", "links", "next"]

_NUMBERING: Final = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[ivx]{1,4}[.)]|[a-z][.)])\s+")
_BRACKETS: Final = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]")
_SIGNS: Final = re.compile(r"[^\w\s'/&+@-]+")
_DASHES: Final = re.compile(r"\s+[-–—]\s+.*$")
_NEXT: Final = re.compile(
    r"\b(?:next|upcoming|future|previous|last|prior|past|following|"
    + "|".join(languages.NEXT)
    + r")\b|"
    + "|".join(languages.NEXT_SIGNS),
    re.IGNORECASE,
)
_FROM_AFAR: Final = frozenset(
    ("remote", "remotely", "online", "virtual", "virtually", "phone", "person", "onsite", "on-site")
)
_OF_MEETINGS: Final = languages.OF_MEETINGS | frozenset(
    ("meeting", "meetings", "call", "date", "dates", "time", "agenda", "minutes", "sync")
)
_INSTRUCTION: Final = re.compile(
    r"\b(?:please|add your|write your|sign (?:yourself )?(?:in|up)|your name|fill in|add yourself|put your|list your|"
    r"feel free|sign in below|in alphabetical order|handle here|names? here|remember to|instructions)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def label_words(text: str) -> str:
    """A label lowered and bare: "2. **Attendees** (12):" becomes "attendees"."""
    bare = _NUMBERING.sub("", unicodedata.normalize("NFC", text).strip().lower()).replace("’", "'")
    bare = _BRACKETS.sub(" ", bare)
    bare = _SIGNS.sub(" ", bare)
    return " ".join(bare.split()).strip(" -/&+")


@lru_cache(maxsize=4096)
def standing_of(label: str, *, weak: bool = False) -> Standing | None:
    """Whether a label speaks of those present, absent or invited; with `weak`, a group such as "Members" will do."""
    words = label_words(_DASHES.sub("", label) if len(label) > 40 else label)
    parts = words.replace("/", " / ").split()
    if not parts or len(parts) > 9:
        return None
    known = set(parts)
    if known & lexicon.OTHER_TIMES:
        return None
    if known & lexicon.VETO and not words.startswith(
        ("present", "attend", "in attendance", "regrets", "absent", "apolog")
    ):
        return None
    absent, rest = _without(words, lexicon.ABSENT_PHRASES)
    if absent or known & lexicon.ABSENT:
        beside = lexicon.ABSENT | lexicon.FILL | lexicon.GROUPS | lexicon.GUESTS | {"no", "not", "/", "with", "notice"}
        return "absent" if len(set(rest.split()) - beside) <= 1 else None
    present, rest = _without(words, lexicon.PRESENT_PHRASES)
    beside = lexicon.PRESENT | lexicon.FILL | lexicon.GROUPS | lexicon.GUESTS | {"/", "non", "&"}
    left = {word for word in set(rest.split()) - beside if not word.isdigit()}
    guests = bool(known & lexicon.GUESTS)
    if (present or known & lexicon.PRESENT) and len(left) <= (1 if len(parts) > 1 else 0):
        return "guest" if guests and not known & (lexicon.GROUPS - {"others", "other"}) else "present"
    if guests and not left and len(parts) <= 4 and not known & {"public", "audience", "invited"}:
        return "guest"
    return "present" if weak and not left and known & (lexicon.GROUPS | _FROM_AFAR) else None


def _without(words: str, phrases: tuple[str, ...]) -> tuple[bool, str]:
    """Whether one of the phrases is in the words, and the words without them."""
    rest = words
    for phrase in phrases:
        if phrase in rest:
            rest = rest.replace(phrase, " ")
    return rest != words, rest


def speaks_of_presence(text: str) -> bool:
    """Whether words such as "Attendees" or "absent" stand in what was taken for a name."""
    return bool(set(label_words(text).split()) & (lexicon.PRESENT - {"who"} | lexicon.ABSENT))


@lru_cache(maxsize=4096)
def role_of(label: str) -> Literal["moderator", "scribe"] | None:
    """Whether a label names who led the meeting or who wrote."""
    words = label_words(label)
    parts = set(words.replace("/", " ").replace("&", " ").split())
    if not parts or len(parts) > 5 or parts & lexicon.NO_ROLE:
        return None
    if (
        parts & lexicon.SCRIBE
        or words in languages.SCRIBE_ALONE
        or any(phrase in words for phrase in lexicon.SCRIBE_PHRASES)
    ):
        return "scribe"
    if (parts & lexicon.MODERATOR and len(parts) <= 4) or words in lexicon.MODERATOR_PHRASES:
        return "moderator"
    return None


def is_date_label(label: str) -> bool:
    """Whether the date stands behind this label."""
    return label_words(label) in lexicon.DATE_LABELS


@lru_cache(maxsize=4096)
def head_kind(label: str) -> Head | None:
    """What a heading announces, where it announces one of the parts of minutes."""
    words = label_words(label)
    parts = words.split()
    if not parts or len(parts) > 6:
        return None
    ends = {parts[0], parts[-1]}
    if (
        ends & lexicon.ACTION_HEADS
        or words.startswith(lexicon.ACTION_PHRASES)
        or words.endswith(lexicon.ACTION_PHRASES)
    ):
        return None if set(parts) & {"previous", "prior", "last", "review", "past"} else "actions"
    if _NEXT.search(words) and set(parts) & _OF_MEETINGS:
        return "next"
    if len(parts) <= 3 and ends & lexicon.DECISION_HEADS:
        return "decisions"
    if words in languages.AGENDA_PHRASES or (
        len(parts) <= 3 and (parts[-1] in lexicon.AGENDA_HEADS or parts[0] == "agenda")
    ):
        return "agenda"
    return "links" if len(parts) <= 2 and parts[0] in lexicon.LINK_HEADS else None


def speaks_of_another_day(text: str) -> bool:
    """Whether a text tells of another meeting: the next one, the last one."""
    return bool(_NEXT.search(text))


def asks_to_write(text: str) -> bool:
    """Whether a line asks people to write something."""
    return bool(_INSTRUCTION.search(text)) and (len(text.split()) > 2 or "your" in text.lower())
